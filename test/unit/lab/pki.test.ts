import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { instance } from '../../../lab/cluster/instance.ts';
import { makePki } from '../../../lab/cluster/pki.ts';

it('interrupted keys and certificates are not still being written when their folder is removed', async () => {
  const pkiDir = await mkdtemp(join(tmpdir(), 'pki-'));
  try {
    const inst = { ...instance('pki-test'), pkiDir, kubeconfig: join(pkiDir, 'kubeconfig') };
    const reason = new Error('interrupted');
    await expect(makePki(inst, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    // The one key that no signal can stop was waited for.
    expect(await readdir(pkiDir)).toEqual(expect.arrayContaining(['sa.key', 'sa.pub']));
  } finally {
    await rm(pkiDir, { recursive: true });
  }
});
