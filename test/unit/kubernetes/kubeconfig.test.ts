import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type ClientIdentity, kubeconfig } from '../../../src/kubernetes/kubeconfig.ts';
import { kubectl } from '../../../src/kubernetes/kubectl.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

it.each<[string, ClientIdentity, object]>([
  ['a token', { token: 'secret' }, { token: 'secret' }],
  [
    'a certificate',
    { certificate: 'pem of the client', key: 'pem of its key' },
    {
      'client-certificate-data': base64('pem of the client'),
      'client-key-data': base64('pem of its key'),
    },
  ],
])('kubectl reads a kubeconfig with %s: one cluster, user and context of one name', async (_, user, read) => {
  const folder = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
  try {
    const file = join(folder, 'config');
    const server = 'https://127.0.0.1:6443';
    await writeFile(file, kubeconfig({ name: 'unit', server, authority: 'pem of the authority', user }));
    const { stdout } = await kubectl({ kubeconfig: file }, ['config', 'view', '--raw', '--output', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      clusters: [
        {
          name: 'unit',
          cluster: { server, 'certificate-authority-data': base64('pem of the authority') },
        },
      ],
      users: [{ name: 'unit', user: read }],
      contexts: [{ name: 'unit', context: { cluster: 'unit', user: 'unit' } }],
      'current-context': 'unit',
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});
