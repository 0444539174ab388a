import type { Manifest } from '../src/chart/helm.ts';
import type { ForwardTarget } from '../src/deploy/forward.ts';

/** The API's Service, found in what was installed: its name and port are the chart's to choose. */
export function apiService(manifests: readonly Manifest[], namespace: string): ForwardTarget {
  const service = serviceOf(manifests, 'api', namespace);
  if (service === undefined)
    throw new Error('the chart rendered no Service for the API with a port named http');
  return service;
}

/** A page of monitoring that people open in a browser. */
export interface Page extends ForwardTarget {
  /** `Prometheus`. */
  readonly title: string;
  /** Path of the page, which the server knows: `/prometheus/`. */
  readonly path: string;
}

/** Paths of the servers' readiness probes below their prefix. */
const readiness = { prometheus: '/-/ready', alertmanager: '/-/ready', grafana: '/api/health' } as const;

/** The pages of the servers of monitoring that were installed. */
export function monitoringPages(manifests: readonly Manifest[], namespace: string): readonly Page[] {
  return (Object.keys(readiness) as (keyof typeof readiness)[]).flatMap((component) => {
    const service = serviceOf(manifests, component, namespace);
    if (service === undefined) return [];
    const title = `${component.charAt(0).toUpperCase()}${component.slice(1)}`;
    return [{ ...service, title, path: `${pathOf(manifests, component)}/` }];
  });
}

interface Workload {
  readonly template?: {
    readonly spec: {
      readonly containers: readonly {
        readonly args?: readonly string[];
        readonly readinessProbe?: { readonly httpGet?: { readonly path: string } };
      }[];
    };
  };
}

/** Where the server answers: by its own flag, or by its probe. With a password the probe is a command. */
function pathOf(manifests: readonly Manifest[], component: keyof typeof readiness): string {
  const specs = manifests
    .filter((one) => isOf(one, component))
    .map(({ spec }) => spec as Workload | undefined);
  const containers = specs.flatMap((spec) => spec?.template?.spec.containers ?? []);
  const flag = '--web.route-prefix=';
  const flagged = containers.flatMap(({ args = [] }) => args).find((arg) => arg.startsWith(flag));
  const probed = containers
    .map(({ readinessProbe }) => readinessProbe?.httpGet?.path)
    .find((path) => path !== undefined);
  const path = flagged?.slice(flag.length) ?? probed?.replace(readiness[component], '') ?? '';
  return path.replace(/\/$/, '');
}

function isOf({ metadata }: Manifest, component: string): boolean {
  return metadata.labels?.['app.kubernetes.io/component'] === component;
}

function serviceOf(
  manifests: readonly Manifest[],
  component: string,
  namespace: string,
): ForwardTarget | undefined {
  const service = manifests.find((one) => one.kind === 'Service' && isOf(one, component));
  const ports = (service?.spec as { ports?: readonly { name: string; port: number }[] } | undefined)?.ports;
  const port = ports?.find(({ name }) => name === 'http')?.port;
  if (service === undefined || port === undefined) return undefined;
  return {
    namespace: service.metadata.namespace ?? namespace,
    resource: `service/${service.metadata.name}`,
    port,
  };
}
