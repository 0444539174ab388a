import { expect, test } from 'vitest';
import { renderedObjects } from './renders.ts';

const pool = (own: object) => ({ workers: { pools: { cpu: own } } });

/** Each row: what is refused, the values, and words of the message: the place, the reason, the remedy. */
const refused: readonly (readonly [title: string, values: object, words: readonly string[]])[] = [
  [
    'an empty queue list',
    { workers: { pools: { batch: {} } } },
    ['workers.pools.batch.queues', 'consumes no queue', 'workers.pools.batch.queues.<queue>: {}'],
  ],
  [
    'a visibility timeout below the limit + 600 s',
    pool({ visibilityTimeout: '1h9m59s' }),
    ['workers.pools.cpu.visibilityTimeout', 'given to a second worker', 'at least 4200s'],
  ],
  [
    'a task limit of seconds',
    pool({ taskLimit: '9s', softLimitMargin: '1s' }),
    ['workers.pools.cpu.taskLimit', '10s to 168h'],
  ],
  ['a task limit of weeks', pool({ taskLimit: '169h' }), ['workers.pools.cpu.taskLimit', '10s to 168h']],
  [
    'a soft limit at nothing',
    pool({ taskLimit: '5m' }),
    ['workers.pools.cpu.softLimitMargin', 'below the limit'],
  ],
  [
    '`requeue` that waits as long as the task may run',
    pool({ drain: { mode: 'requeue', within: '1h' } }),
    ['workers.pools.cpu.drain.within', 'nothing would ever be requeued', 'drain.mode: finish'],
  ],
  [
    '`finish` within less than a task may run',
    pool({ drain: { within: '59m59s' } }),
    ['workers.pools.cpu.drain.within: 59m59s', 'the task limit 1h', 'drain.mode: requeue', 'within: ""'],
  ],
  [
    'a liveness limit that a broker restart exceeds',
    pool({ probes: { liveness: { maxAge: '59s' } } }),
    ['workers.pools.cpu.probes.liveness.maxAge', 'at least 1m'],
  ],
  [
    'a kill without grace',
    pool({ probes: { liveness: { grace: '0s' } } }),
    ['probes.liveness.grace', 'at least 1s'],
  ],
  [
    'a model claim that nothing uses',
    { models: { cache: { existingClaim: 'mine' } } },
    ['models.cache.existingClaim', 'models.cache.type: claim'],
  ],
  [
    'an empty cache that nobody may fill',
    { models: { cache: { readOnly: true } } },
    ['models.cache.readOnly', 'models.cache.type: claim'],
  ],
  [
    'a claim that nobody may fill',
    { models: { cache: { type: 'claim', readOnly: true } } },
    ['models.cache.readOnly', 'models.prefetch.enabled: true', 'models.cache.existingClaim'],
  ],
  [
    'no network and no models',
    { models: { offline: true } },
    ['models.offline', 'every model would be missing', 'app.env.HF_HOME'],
  ],
  [
    'models fetched for nobody',
    { models: { prefetch: { enabled: true, command: ['true'] } } },
    ['models.prefetch.enabled', 'gone with its pod', 'models.cache.type: claim'],
  ],
  [
    'a prefetch Job without command',
    { models: { cache: { type: 'claim' }, prefetch: { enabled: true } } },
    ['models.prefetch.command', 'nothing to run'],
  ],
  [
    'a prefetch Job without time',
    { models: { cache: { type: 'claim' }, prefetch: { enabled: true, command: ['true'], deadline: '0s' } } },
    ['models.prefetch.deadline', 'at least 1s'],
  ],
  [
    'a device that is requested without limit',
    pool({ resources: { requests: { 'rdma/hca': 1 } } }),
    ['workers.pools.cpu.resources.requests.rdma/hca', 'must be equal', 'Set only'],
  ],
  [
    'a profile that there is not',
    pool({ profile: 'a100' }),
    ['workers.pools.cpu.profile', 'no profile a100, only nvidia', 'add workers.profiles.a100'],
  ],
  [
    'a card by hand, which the pool would hide from itself',
    pool({ resources: { limits: { 'nvidia.com/gpu': 1 } } }),
    ['workers.pools.cpu.resources: nvidia.com/gpu', 'hidden', 'workers.pools.cpu.hardware.resource'],
  ],
  [
    'a card for the API',
    { api: { resources: { limits: { 'amd.com/gpu': 1 } } } },
    ['api.resources: amd.com/gpu', 'Only worker pools use cards'],
  ],
  [
    'a device that is counted twice',
    pool({ hardware: { resource: 'vendor.com/fpga' }, resources: { limits: { 'vendor.com/fpga': 2 } } }),
    ['workers.pools.cpu.resources: vendor.com/fpga', 'Set only workers.pools.cpu.hardware.count'],
  ],
  [
    'two of no device',
    pool({ hardware: { count: 2 } }),
    ['workers.pools.cpu.hardware.count: 2 of nothing', 'Set a profile'],
  ],
  [
    'shared memory as large as all memory',
    pool({ hardware: { sharedMemory: '4Gi' } }),
    ['workers.pools.cpu.hardware.sharedMemory: 4Gi', 'raise workers.pools.cpu.resources.limits.memory'],
  ],
  [
    'a rollout that waits for cards which wait for it',
    pool({ profile: 'nvidia', strategy: { maxSurge: 1 } }),
    ['workers.pools.cpu.strategy', 'every card taken', 'maxUnavailable: 1'],
  ],
];

test.each(refused)('refused, with place, reason and remedy: %s', async (_title, values, words) => {
  const message = await renderedObjects({ values }).then(
    () => 'it was accepted',
    (refusal: Error) => refusal.message,
  );
  for (const word of [...words, '1 problem(s) in the values']) expect(message).toContain(word);
});
