import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readManifests, renderText } from '../../src/chart/helm.ts';
import { upgradeInstall } from '../../src/chart/release.ts';
import { type Program, program } from '../../src/tools/programs.ts';
import { repositoryRoot } from '../../src/tools/versions.ts';
import { apply, cluster, freshMonitoring, freshNamespace, podsOf, stored } from '../server/support.ts';
import { type ParentChart, parentChart } from '../support/parent-chart.ts';

let parent: ParentChart;
let charts: object;
beforeAll(async () => {
  parent = await parentChart(['audio-processor', 'studio', 'archive']);
  const prod = parse(await readFile(join(repositoryRoot, 'environments/prod.yaml'), 'utf8')) as object;
  charts = { 'audio-processor': prod, studio: prod, archive: { enabled: false } };
});
afterAll(() => parent.remove());

const helms: readonly Program[] = ['helm', 'helm-3'];

it.each(helms)(
  'a parent chart that uses the chart twice is installed and upgraded by %s',
  async (name) => {
    const namespace = await freshNamespace();
    // A parent's global values override those for one chart.
    const values = { ...charts, ...(await freshMonitoring()) };
    const release = { ...cluster(), release: 'shop', namespace, wait: false, helm: await program(name) };
    const text = await renderText({ chart: parent.directory, release: 'shop', namespace, values });
    const manifests = readManifests(text);
    expect(await apply(namespace, podsOf(manifests), { dryRun: true })).toBe('');
    await upgradeInstall({ ...release, chart: parent.directory, values });
    const before = await stored(namespace, manifests);
    expect(Object.keys(before)).toHaveLength(manifests.length);
    const second = await upgradeInstall({ ...release, chart: parent.directory, values });
    expect(second.revision).toBe(2);
    expect(await stored(namespace, manifests)).toEqual(before);
  },
  180_000,
);
