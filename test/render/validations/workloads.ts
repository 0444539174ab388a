import { type Accepted, cpu, on, type Refused } from './cases.ts';

export const refused: readonly Refused[] = [
  [
    'a probe interval of 0',
    { api: { probes: { liveness: { period: '0s' } } } },
    ['api.probes.liveness.period'],
  ],
  [
    'a probe timeout of 0',
    cpu({ probes: { startup: { timeout: '0s' } } }),
    ['workers.pools.cpu.probes.startup.timeout'],
  ],
  ['a grace period that preStop uses up', { api: { grace: '14s' } }, ['api.grace']],
  [
    'a rollout that may neither add nor remove a pod',
    cpu({ strategy: { maxSurge: '0%', maxUnavailable: 0 } }),
    ['workers.pools.cpu.strategy'],
  ],
  ['the same of the API', { api: { strategy: { maxSurge: 0 } } }, ['api.strategy']],
  [
    'a memory request above the limit',
    { broker: { resources: { limits: { memory: '256Mi' } } } },
    ['broker.resources.requests.memory'],
  ],
  [
    'a CPU request above the limit',
    cpu({ resources: { limits: { cpu: '999m' } } }),
    ['workers.pools.cpu.resources.requests.cpu'],
  ],
  [
    'an extended resource with a request and no limit',
    cpu({ resources: { requests: { 'rdma/hca': 1 } } }),
    ['workers.pools.cpu.resources.requests.rdma/hca'],
  ],
  [
    "data on the node's disk above the limit of ephemeral storage",
    { broker: { persistence: { enabled: false } } },
    ['broker.resources.limits.ephemeral-storage'],
  ],
  [
    'samples above it',
    { prometheus: { ...on, persistence: { enabled: false } } },
    ['prometheus.resources.limits.ephemeral-storage'],
  ],
  [
    'directories above it',
    cpu({ storage: { tmp: '20Gi' } }),
    ['workers.pools.cpu.resources.limits.ephemeral-storage'],
  ],
  [
    'a budget that allows no eviction',
    { api: { disruption: { maxUnavailable: 0 } } },
    ['api.disruption.maxUnavailable'],
  ],
  [
    'the same as a percentage',
    { workers: { defaults: { disruption: { maxUnavailable: '0%' } } } },
    ['workers.pools.cpu.disruption.maxUnavailable'],
  ],
  [
    'several problems at once',
    { api: { grace: '1s' }, ...cpu({ taskLimit: '1s', visibilityTimeout: '1s' }) },
    [
      'api.grace',
      'workers.pools.cpu.softLimitMargin',
      'workers.pools.cpu.taskLimit',
      'workers.pools.cpu.visibilityTimeout',
    ],
  ],
];

export const accepted: readonly Accepted[] = [
  [
    'a budget that allows no eviction and is off',
    { api: { disruption: { enabled: false, maxUnavailable: 0 } } },
  ],
];
