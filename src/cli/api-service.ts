import type { Manifest } from '../chart/helm.ts';
import type { ForwardTarget } from '../deploy/forward.ts';

/** The API's Service, found in what was installed: its name and port are the chart's to choose. */
export function apiService(manifests: readonly Manifest[], namespace: string): ForwardTarget {
  const service = manifests.find(
    ({ kind, metadata }) => kind === 'Service' && metadata.labels?.['app.kubernetes.io/component'] === 'api',
  );
  const ports = (service?.spec as { ports?: readonly { name: string; port: number }[] } | undefined)?.ports;
  const port = ports?.find(({ name }) => name === 'http')?.port;
  if (service === undefined || port === undefined)
    throw new Error('the chart rendered no Service for the API with a port named http');
  return { namespace, resource: `service/${service.metadata.name}`, port };
}
