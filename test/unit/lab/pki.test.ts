import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeCertificate } from '../../../lab/cluster/certificate.ts';
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

it('a certificate is signed by its authority, for the names and the uses that it was made for', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'certificate-'));
  try {
    const common = (name: string) => ({ name, subject: `/O=unit/CN=${name}`, days: 1 });
    await makeCertificate(folder, common('ca'));
    const serves = ['DNS:redis.data.svc', 'IP:127.0.0.1'];
    await makeCertificate(folder, { ...common('server'), signer: 'ca', serves });
    await makeCertificate(folder, { ...common('client'), signer: 'ca' });
    await makeCertificate(folder, { ...common('peer'), signer: 'ca', serves, isClient: true });
    const read = async (name: string) => new X509Certificate(await readFile(join(folder, `${name}.crt`)));
    const [ca, server, client, peer] = await Promise.all(['ca', 'server', 'client', 'peer'].map(read));
    expect(ca?.ca).toBe(true);
    for (const leaf of [server, client, peer]) {
      expect(leaf?.ca).toBe(false);
      expect(ca && leaf?.verify(ca.publicKey)).toBe(true);
      expect(ca && leaf?.checkIssued(ca)).toBe(true);
    }
    expect(server?.subject).toBe('O=unit\nCN=server');
    expect(server?.subjectAltName).toBe('DNS:redis.data.svc, IP Address:127.0.0.1');
    const [serverAuth, clientAuth] = ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'];
    expect([server, client, peer].map((leaf) => leaf?.keyUsage)).toEqual([
      [serverAuth],
      [clientAuth],
      [serverAuth, clientAuth],
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
