import type { ValueMap } from '../../../src/values/merge.ts';

/** Dashboards exist beside something that scrapes; what their sidecar reads matters in the cluster's Grafana alone. */
export const dashboardContexts: Readonly<Record<string, ValueMap>> = {
  'grafana.enabled': { prometheus: { enabled: true } },
  'prometheus.enabled': {},
  'monitoring.runbooks': { monitoring: { operator: { enabled: true } } },
  'monitoring.dashboards': { monitoring: { operator: { enabled: true } } },
  'monitoring.dashboards.enabled': { monitoring: { operator: { enabled: true } } },
};
