import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chartDirectory, type Manifest, renderChart } from '../../src/chart/helm.ts';
import { history, upgradeInstall } from '../../src/chart/release.ts';
import { keptReleases } from '../../src/release/keep.ts';
import { packChart } from '../../src/release/pack.ts';
import { type Program, program } from '../../src/tools/programs.ts';
import { repositoryRoot } from '../../src/tools/versions.ts';
import { cluster, freshMonitoring, freshNamespace, stored } from '../server/support.ts';

const prod = join(repositoryRoot, 'environments/prod.yaml');
/** The volume of an unbound claim cannot grow: prod gets the size that the defaults have. */
const broker = { persistence: { size: '8Gi' } };
/** By which Helm it is installed, and by which it is upgraded. */
const pairs: readonly (readonly [Program, Program])[] = [
  ['helm', 'helm'],
  ['helm-3', 'helm-3'],
  ['helm-3', 'helm-4'],
];

/** Eight calls of Helm; seconds on an idle machine. */
const minutes = 3 * 60_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'this-tree-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Every release that was kept, and what this tree would release. */
const bases: readonly { readonly title: string; readonly archive: () => Promise<string> }[] = [
  ...(await keptReleases()).map(({ version, file }) => ({ title: version, archive: async () => file })),
  {
    title: 'the archive of this tree',
    archive: async () => {
      const { fileName, bytes } = await packChart(chartDirectory);
      await writeFile(join(folder, fileName), bytes);
      return join(folder, fileName);
    },
  },
];

describe.each(bases)('a release of $title', ({ archive }) => {
  it.each(pairs)(
    'installed by %s is upgraded by %s to this tree, and then to prod',
    async (first, second) => {
      const release = {
        ...cluster(),
        release: 'audio-processor',
        namespace: await freshNamespace(),
        wait: false,
      };
      const chart = await archive();
      await upgradeInstall({ ...release, chart, helm: await program(first) });
      const installed = await renderChart({ chart, helm: await program(first) });
      const before = await workloads(release.namespace, installed);
      const upgrade = { ...release, helm: await program(second) };
      await upgradeInstall(upgrade);
      const toProd = { valuesFiles: [prod], values: { broker, ...(await freshMonitoring()) } };
      await upgradeInstall({ ...upgrade, ...toProd });
      const now = await renderChart({ ...toProd, namespace: release.namespace });
      expect(Object.keys(await stored(release.namespace, now))).toHaveLength(now.length);
      // The same objects, not new ones: a selector that changed would need another.
      const after = await workloads(release.namespace, now);
      const both = Object.keys(before).filter((name) => name in after);
      expect(both.length).toBeGreaterThan(2);
      for (const name of both) expect(after[name], name).toBe(before[name]);
      expect((await history(upgrade)).map(({ status }) => status)).toEqual([
        'superseded',
        'superseded',
        'deployed',
      ]);
    },
    minutes,
  );
});

/** Identity of every workload as the server knows it. */
async function workloads(namespace: string, manifests: readonly Manifest[]) {
  const objects = manifests.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet');
  const found = await stored(namespace, objects);
  return Object.fromEntries(
    Object.entries(found).map(([name, object]) => [name, (object.metadata as { uid?: string }).uid]),
  );
}
