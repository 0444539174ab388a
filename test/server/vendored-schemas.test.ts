import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { getText } from '../../checks/control-plane/client.ts';
import { filesOfServer } from '../../checks/kubernetes-schemas/expected.ts';
import { repositoryRoot } from '../../src/tools/versions.ts';
import versions from '../../versions.json' with { type: 'json' };

const { url, token, authority } = inject('controlPlane');
const server = { url, access: { token, authority: Buffer.from(authority) } };

it('the server is the pinned Kubernetes, stamped with its version', async () => {
  const { gitVersion } = JSON.parse(await getText(`${url}/version`, server.access)) as { gitVersion: string };
  expect(gitVersion).toBe(`v${versions.kubernetes.node}`);
});

it("the vendored schemas of the node's version are what the server publishes, byte for byte", async () => {
  const files = await filesOfServer(server);
  expect(files.size).toBeGreaterThan(1);
  for (const [path, text] of files) {
    const committed = await readFile(join(repositoryRoot, 'schemas', path), 'utf8').catch(() => 'missing');
    expect(committed === text, `schemas/${path} is stale: npm run schemas`).toBe(true);
  }
});
