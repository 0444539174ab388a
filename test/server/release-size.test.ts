import { join } from 'node:path';
import { expect, it } from 'vitest';
import { upgradeInstall } from '../../src/chart/release.ts';
import { kubectl } from '../../src/kubernetes/kubectl.ts';
import { repositoryRoot } from '../../src/tools/versions.ts';
import { cluster, freshMonitoring, freshNamespace } from './support.ts';

/** Kubernetes takes 1 MiB in a Secret; a chart that grows must not come near. */
const limit = 400_000;

it.each(['environments/prod.yaml', 'test/overlays/all-features.yaml'])(
  "Helm's record of a release with %s stays small",
  async (file) => {
    const namespace = await freshNamespace();
    const valuesFiles = [join(repositoryRoot, file)];
    const release = { release: 'audio-processor', namespace, valuesFiles, values: await freshMonitoring() };
    await upgradeInstall({ ...cluster(), ...release, wait: false });
    const args = ['get', 'secret', 'sh.helm.release.v1.audio-processor.v1', '--namespace', namespace];
    const { stdout } = await kubectl(cluster(), [...args, '--output', 'json']);
    const { data } = JSON.parse(stdout) as { readonly data: { readonly release: string } };
    const bytes = Buffer.from(data.release, 'base64').length;
    console.info(`${file}: ${bytes} bytes`);
    expect(bytes).toBeLessThanOrEqual(limit);
    expect(bytes).toBeGreaterThan(10_000);
  },
  120_000,
);
