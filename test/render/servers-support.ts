import { parse } from 'yaml';
import { renderChart } from '../../src/chart/helm.ts';
import { type ConfigMap, type Container, type Rendering, sorted } from './support.ts';

/** The subcharts that run a server. */
export const servers = ['prometheus', 'alertmanager', 'grafana'] as const;

/**
 * The objects of one subchart, which is enabled. Grafana and Alertmanager need a Prometheus.
 * @param values of the server, and the `global` of the chart
 */
export async function serverOf(
  server: (typeof servers)[number],
  values: object = {},
  release = 'audio-processor',
): Promise<Rendering> {
  const { global = {}, ...own } = values as { readonly global?: object };
  const all = { global, prometheus: { enabled: true }, [server]: { ...own, enabled: true } };
  const objects = await renderChart({ values: all, release });
  return sorted(
    objects.filter(({ metadata }) => metadata.labels?.['helm.sh/chart']?.startsWith(`${server}-`) === true),
  );
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
