import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withForward } from '../../../src/deploy/forward.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forward-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a forward', () => {
  it('that kubectl gives up is reported at once, with kubectl’s message, and nothing uses it', async () => {
    const kubeconfig = join(folder, 'kubeconfig');
    // Port 1: nobody listens there.
    const clusters = [{ name: 'none', cluster: { server: 'http://127.0.0.1:1' } }];
    const contexts = [{ name: 'none', context: { cluster: 'none', user: '' } }];
    const config = { apiVersion: 'v1', kind: 'Config', clusters, contexts, 'current-context': 'none' };
    await writeFile(kubeconfig, JSON.stringify(config));
    const target = { namespace: 'default', resource: 'service/api', port: 8000 };
    await expect(
      withForward({ kubeconfig }, target, () => Promise.reject(new Error('was used'))),
    ).rejects.toThrow(/port-forward to service\/api ended: .*127\.0\.0\.1:1/s);
  });
});
