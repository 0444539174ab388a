import type { Json } from '../../../src/schema/kit.ts';
import type { ValueMap } from '../../../src/values/merge.ts';

const bundled = { prometheus: { enabled: true } };
const operator = { monitoring: { operator: { enabled: true } } };

/** What is watched matters where something watches. */
export const scrapingContexts: Readonly<Record<string, ValueMap>> = {
  'broker.watchedQueues': operator,
  'monitoring.brokerExporter': operator,
  'monitoring.brokerExporter.enabled': operator,
  'monitoring.brokerExporter.address': { ...operator, broker: { mode: 'external' } },
  'monitoring.nodes': bundled,
  'monitoring.nodes.enabled': bundled,
  'monitoring.gpu': { ...bundled, monitoring: { gpu: { enabled: true } } },
  'monitoring.gpu.enabled': bundled,
};

export const scrapingSamples: Readonly<Record<string, Json>> = {
  'monitoring.brokerExporter.address': 'redis://changed.example:6379',
};
