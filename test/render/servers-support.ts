import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { chartDirectory } from '../../src/chart/helm.ts';
import { renderedObjects } from './renders.ts';
import { type ConfigMap, type Container, type Rendering, sorted } from './support.ts';

/** The charts of the servers. */
export const servers = readdirSync(join(chartDirectory, 'charts'));
/** Where such a chart is. */
export const chartOf = (server: string) => join(chartDirectory, 'charts', server);

/** One server without the parent chart. */
export async function alone(
  server: string,
  values: object = {},
  release = 'audio-processor',
): Promise<Rendering> {
  return sorted(await renderedObjects({ chart: chartOf(server), values, release }));
}

/** The one pod's first container. */
export function container({ workloads }: Rendering): Container {
  const [workload] = workloads;
  if (workload === undefined) throw new Error('no workload');
  return workload.spec.template.spec.containers[0];
}

/** prometheus.yml. */
export function prometheusConfig({ configMaps }: Rendering): {
  readonly scrape_configs: readonly Readonly<Record<string, unknown>>[];
  readonly rule_files?: readonly string[];
  readonly scrape_config_files?: readonly string[];
} {
  return fileOf(configMaps, 'prometheus.yml') as ReturnType<typeof prometheusConfig>;
}

/** A file of some ConfigMap, read as YAML. */
export function fileOf(configMaps: readonly ConfigMap[], file: string): unknown {
  return parse(configMaps.find(({ data }) => file in data)?.data[file] ?? '');
}
