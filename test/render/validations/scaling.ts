import { type Accepted, type Refused, scaled } from './cases.ts';

const external = (more: object) => ({ broker: { mode: 'external', external: more } });

export const refused: readonly Refused[] = [
  [
    'a minimum above the maximum',
    scaled({ engine: 'keda', min: 5, max: 4 }),
    ['workers.pools.cpu.scaling.min'],
  ],
  ['an HPA that would start from 0', scaled({ engine: 'hpa', min: 0 }), ['workers.pools.cpu.scaling.min']],
  [
    'an HPA of the API from 0, for which there is no KEDA',
    { api: { scaling: { engine: 'hpa', min: 0 } } },
    ['api.scaling.min'],
  ],
  ['an HPA without a metric', { api: { scaling: { engine: 'hpa', hpa: { cpu: 0 } } } }, ['api.scaling.hpa']],
  [
    'an HPA on CPU without a CPU request',
    scaled({ engine: 'hpa' }, { resources: { requests: { cpu: null } } }),
    ['workers.pools.cpu.scaling.hpa.cpu'],
  ],
  [
    'an HPA on memory with a request of 0',
    scaled({ engine: 'hpa', hpa: { memory: 80 } }, { resources: { requests: { memory: 0 } } }),
    ['workers.pools.cpu.scaling.hpa.memory'],
  ],
  [
    'a policy period above the maximum of Kubernetes',
    scaled({ engine: 'hpa', scaleUp: { period: '31m' } }),
    ['workers.pools.cpu.scaling.scaleUp.period'],
  ],
  [
    'a stabilization window above the maximum of Kubernetes',
    scaled({ engine: 'keda', scaleDown: { window: '2h' } }),
    ['workers.pools.cpu.scaling.scaleDown.window'],
  ],
  [
    'KEDA for a pool without queues',
    scaled(
      { engine: 'keda' },
      { queues: { audio_queue: null, celery: null, system_queue: null }, command: ['celery'] },
    ),
    ['workers.pools.cpu.scaling.engine'],
  ],
  [
    'a polling interval of 0',
    scaled({ engine: 'keda', keda: { pollingInterval: '0s' } }),
    ['workers.pools.cpu.scaling.keda.pollingInterval'],
  ],
  [
    'a cooldown shorter than the polling interval',
    scaled({ engine: 'keda', min: 0, keda: { cooldown: '10s' } }),
    ['workers.pools.cpu.scaling.keda.cooldown'],
  ],
  [
    'KEDA without the address of an external broker',
    { ...external({}), ...scaled({ engine: 'keda' }) },
    ['broker.external.address'],
  ],
  [
    'KEDA with TLS that does not check the host name',
    {
      ...external({ address: 'redis:6380', tls: { enabled: true, checkHostname: false } }),
      ...scaled({ engine: 'keda' }),
    },
    ['broker.external.tls.checkHostname'],
  ],
  ['replicas beside an HPA', { api: { scaling: { engine: 'hpa', replicas: 4 } } }, ['api.scaling.replicas']],
  ['replicas beside KEDA', scaled({ engine: 'keda', replicas: 0 }), ['workers.pools.cpu.scaling.replicas']],
  [
    'replicas beside the inherited engine `manual`',
    {
      workers: { defaults: { scaling: { engine: 'manual' } }, pools: { cpu: { scaling: { replicas: 3 } } } },
    },
    ['workers.pools.cpu.scaling.replicas'],
  ],
  [
    'replicas beside an HPA in the defaults',
    { workers: { defaults: { scaling: { engine: 'hpa', replicas: 3 } } } },
    ['workers.defaults.scaling.replicas'],
  ],
];

export const accepted: readonly Accepted[] = [
  ['a minimum that is the maximum', scaled({ engine: 'hpa', min: 1, max: 1 })],
  ['bounds without an autoscaler', scaled({ min: 20, max: 1 })],
  [
    'replicas for the other pools',
    {
      workers: {
        defaults: { scaling: { replicas: 3 } },
        pools: { batch: { queues: { q: {} }, scaling: { engine: 'keda' } } },
      },
    },
  ],
  [
    'replicas of a pool that is off',
    { workers: { pools: { old: { enabled: false, scaling: { engine: 'hpa', replicas: 3 } } } } },
  ],
  [
    'a broker without address that KEDA does not read',
    external({ tls: { enabled: true, checkHostname: false } }),
  ],
  ['replicas that are unset again', scaled({ engine: 'hpa', replicas: '' })],
];
