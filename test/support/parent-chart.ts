import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chartDirectory } from '../../src/chart/helm.ts';
import { packChart } from '../../src/release/pack.ts';

/** Another chart that depends on ours, as `helm dependency update` would leave it: our archive in `charts/`. */
export interface ParentChart {
  readonly directory: string;
  remove(): Promise<void>;
}

/**
 * Makes a parent chart.
 * @param names under which it uses our chart, each with a condition `<name>.enabled`; all but `audio-processor` are aliases
 */
export async function parentChart(names: readonly string[]): Promise<ParentChart> {
  const directory = await mkdtemp(join(tmpdir(), 'parent-chart-'));
  const { name, version, fileName, bytes } = await packChart(chartDirectory);
  const dependencies = names.map((used) => ({
    name,
    version,
    condition: `${used}.enabled`,
    ...(used === name ? {} : { alias: used }),
  }));
  const parent = { apiVersion: 'v2', name: 'parent', version: '1.0.0', dependencies };
  await mkdir(join(directory, 'charts'));
  await writeFile(join(directory, 'Chart.yaml'), JSON.stringify(parent));
  await writeFile(join(directory, 'charts', fileName), bytes);
  return { directory, remove: () => rm(directory, { recursive: true }) };
}
