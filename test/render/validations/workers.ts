import { type Accepted, cpu, type Refused } from './cases.ts';

export const refused: readonly Refused[] = [
  ['a pool without queues', { workers: { pools: { batch: {} } } }, ['workers.pools.batch.queues']],
  ...['audio', 'b-audio', 'audio-b', 'a-audio-b'].map(
    (pool): Refused => [
      `a pool that could have the name of another release's: ${pool}`,
      { workers: { pools: { [pool]: { queues: { q: {} } } } } },
      [`workers.pools.${pool}`],
    ],
  ),
  [
    'a visibility timeout below the task limit + 600 s',
    cpu({ visibilityTimeout: '1h9m59s' }),
    ['workers.pools.cpu.visibilityTimeout'],
  ],
  [
    'a task limit under 10 s',
    cpu({ taskLimit: '9s', softLimitMargin: '1s' }),
    ['workers.pools.cpu.taskLimit'],
  ],
  ['a task limit over 168 h', cpu({ taskLimit: '169h' }), ['workers.pools.cpu.taskLimit']],
  ['a soft limit of 0', cpu({ taskLimit: '5m' }), ['workers.pools.cpu.softLimitMargin']],
  [
    '`requeue` with a drain timeout of the whole task limit',
    cpu({ drain: { mode: 'requeue', within: '1h' } }),
    ['workers.pools.cpu.drain.within'],
  ],
  [
    '`requeue` with the default drain timeout, which is not below the task limit',
    cpu({ taskLimit: '5m', softLimitMargin: '1m', drain: { mode: 'requeue' } }),
    ['workers.pools.cpu.drain.within'],
  ],
  [
    '`finish` with a drain timeout below the task limit',
    cpu({ drain: { within: '59m59s' } }),
    ['workers.pools.cpu.drain.within'],
  ],
  [
    'a heartbeat that may not be as old as a broker restart takes',
    cpu({ probes: { liveness: { maxAge: '59s' } } }),
    ['workers.pools.cpu.probes.liveness.maxAge'],
  ],
  [
    "a liveness probe's grace period of 0",
    cpu({ probes: { liveness: { grace: '0s' } } }),
    ['workers.pools.cpu.probes.liveness.grace'],
  ],
  ['a lease shorter than 1 m', { delivery: { redeliverAfter: '59s' } }, ['delivery.redeliverAfter']],
  ['a lease longer than 168 h', { delivery: { redeliverAfter: '169h' } }, ['delivery.redeliverAfter']],
  ...['--pool=threads', '-P solo', '--pool gevent'].map(
    (option): Refused => [
      `a command with ${option} under leases, which need prefork`,
      cpu({ command: ['celery', 'worker', ...option.split(' '), '-Q', 'q'] }),
      ['workers.pools.cpu.command'],
    ],
  ),
  ['an unknown profile', cpu({ profile: 'a100' }), ['workers.pools.cpu.profile']],
  [
    'a GPU in `resources`, which the pool would hide from its worker',
    cpu({ resources: { limits: { 'nvidia.com/gpu': 1 } } }),
    ['workers.pools.cpu.resources'],
  ],
  ['a GPU for the API', { api: { resources: { limits: { 'amd.com/gpu': 1 } } } }, ['api.resources']],
  [
    'an extended resource both in `hardware` and in `resources`',
    cpu({ hardware: { resource: 'vendor.com/fpga' }, resources: { limits: { 'vendor.com/fpga': 2 } } }),
    ['workers.pools.cpu.resources'],
  ],
  ['a count without a resource', cpu({ hardware: { count: 2 } }), ['workers.pools.cpu.hardware.count']],
  [
    'shared memory of the whole memory limit',
    cpu({ hardware: { sharedMemory: '4Gi' } }),
    ['workers.pools.cpu.hardware.sharedMemory'],
  ],
  [
    'a rollout whose new pod waits for a GPU that no old pod releases',
    cpu({ profile: 'nvidia', strategy: { maxSurge: 1 } }),
    ['workers.pools.cpu.strategy'],
  ],
];

export const accepted: readonly Accepted[] = [
  ['a short redelivery time without leases', { delivery: { redeliverAfter: '59s', mode: 'timeout' } }],
  ['a long redelivery time without leases', { delivery: { redeliverAfter: '169h', mode: 'timeout' } }],
  [
    'a command with another pool without leases',
    { delivery: { mode: 'timeout' }, ...cpu({ command: ['celery', 'worker', '-P', 'solo', '-Q', 'q'] }) },
  ],
];
