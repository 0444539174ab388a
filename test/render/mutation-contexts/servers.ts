import type { Json } from '../../../src/schema/kit.ts';
import type { ValueMap } from '../../../src/values/merge.ts';

const prometheus = { prometheus: { enabled: true } };

/** What the leaves of the servers matter beside: the server itself. */
export const serverContexts: Readonly<Record<string, ValueMap>> = {
  'global.monitoring': prometheus,
  'global.monitoring.scheme': { ...prometheus, global: { monitoring: { host: 'a.example' } } },
  prometheus,
  // Without a claim the samples count against the limit of the node's disk.
  'prometheus.persistence.enabled': { prometheus: { enabled: true, persistence: { size: '64Mi' } } },
};

export const serverSamples: Readonly<Record<string, Json>> = {
  'prometheus.retention.time': '7d',
};
