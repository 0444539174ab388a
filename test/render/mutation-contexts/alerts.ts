import { alertNames } from '../../../src/schema/alerts.ts';
import type { Json } from '../../../src/schema/kit.ts';
import type { ValueMap } from '../../../src/values/merge.ts';

const watched = { prometheus: { enabled: true } };
const linked = { ...watched, grafana: { enabled: true } };

/** Alerts exist only where a Prometheus evaluates them. */
export const alertContexts: Readonly<Record<string, ValueMap>> = {
  'monitoring.operator.labels': { monitoring: { operator: { enabled: true } } },
  'global.monitoring.namespace': watched,
  'global.monitoring.unprefixedRelease': watched,
  'global.monitoring.host': linked,
  'global.monitoring.scheme': { ...linked, global: { monitoring: { host: 'one.example.com' } } },
  'global.monitoring.prefixes.grafana': { ...linked, global: { monitoring: { host: 'one.example.com' } } },
  'monitoring.alerts': watched,
  'workers.pools.cpu.slowAfter': watched,
  ...Object.fromEntries(alertNames.map((name) => [`monitoring.alerts.${name}.enabled`, watched])),
};

export const alertSamples: Readonly<Record<string, Json>> = {
  'monitoring.runbooks': 'https://changed.example',
  'monitoring.taskDurationBuckets': ['1m', '5m', '1h'],
  'monitoring.alerts.SlowProcessing.threshold': '10m',
  'workers.pools.cpu.slowAfter': '20m',
};
