import type { ValueMap } from '../../../src/values/merge.ts';

const claim = { type: 'claim' };
const filled = { cache: claim, prefetch: { enabled: true, command: ['true'] } };

/** What the leaves of `models` need: a cache in each pod has nothing to set. */
export const modelContexts: Readonly<Record<string, ValueMap>> = {
  'models.cache.size': { models: { cache: claim } },
  'models.cache.storageClass': { models: { cache: claim } },
  'models.cache.accessMode': { models: { cache: claim } },
  'models.cache.existingClaim': { models: { cache: claim } },
  'models.cache.readOnly': { models: filled },
  'models.offline': { models: { cache: claim } },
  'models.prefetch': { models: filled },
  'models.prefetch.enabled': { models: { cache: claim, prefetch: { command: ['true'] } } },
};
