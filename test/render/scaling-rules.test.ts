import { expect, test } from 'vitest';
import { renderedObjects } from './renders.ts';

const cpu = (scaling: object, more: object = {}) => ({ workers: { pools: { cpu: { scaling, ...more } } } });

/** Each row: what is refused, the values, and words of the message: the place, the reason, the remedy. */
const refused: readonly (readonly [title: string, values: object, words: readonly string[]])[] = [
  [
    'bounds the wrong way round',
    cpu({ engine: 'keda', min: 5, max: 4 }),
    ['workers.pools.cpu.scaling.min: 5', 'more than max 4', 'raise max'],
  ],
  [
    'an HPA that would have to wake from 0',
    cpu({ engine: 'hpa', min: 0 }),
    ['workers.pools.cpu.scaling.min', '0 would stay 0', 'scaling.engine: keda'],
  ],
  [
    'an HPA of the API from 0, which has no KEDA',
    { api: { scaling: { engine: 'hpa', min: 0 } } },
    ['api.scaling.min', 'Set at least 1.'],
  ],
  [
    'an HPA without target',
    { api: { scaling: { engine: 'hpa', hpa: { cpu: 0 } } } },
    ['api.scaling.hpa', 'nothing would ever scale'],
  ],
  [
    'an HPA on a share of nothing',
    cpu({ engine: 'hpa' }, { resources: { requests: { cpu: null } } }),
    ['workers.pools.cpu.scaling.hpa.cpu', 'does not exist', 'Set workers.pools.cpu.resources.requests.cpu'],
  ],
  [
    'the same with a request of 0',
    cpu({ engine: 'hpa', hpa: { memory: 80 } }, { resources: { requests: { memory: 0 } } }),
    ['workers.pools.cpu.scaling.hpa.memory', 'Set workers.pools.cpu.resources.requests.memory'],
  ],
  [
    'a period that Kubernetes does not take',
    cpu({ engine: 'hpa', scaleUp: { period: '31m' } }),
    ['workers.pools.cpu.scaling.scaleUp.period', '1s to 30m', 'not 31m'],
  ],
  [
    'a window that Kubernetes does not take',
    cpu({ engine: 'keda', scaleDown: { window: '2h' } }),
    ['workers.pools.cpu.scaling.scaleDown.window', 'at most 1h'],
  ],
  [
    'KEDA without anything to count',
    cpu(
      { engine: 'keda' },
      { queues: { audio_queue: null, celery: null, system_queue: null }, command: ['celery'] },
    ),
    ['workers.pools.cpu.scaling.engine', 'workers.pools.cpu.queues is empty', 'another engine'],
  ],
  [
    'KEDA without a pause',
    cpu({ engine: 'keda', keda: { pollingInterval: '0s' } }),
    ['workers.pools.cpu.scaling.keda.pollingInterval', 'at least 1s'],
  ],
  [
    'a pause of KEDA longer than its patience',
    cpu({ engine: 'keda', min: 0, keda: { cooldown: '10s' } }),
    ['workers.pools.cpu.scaling.keda.cooldown: 10s', 'at least 15s'],
  ],
  [
    'KEDA without a way to the broker',
    { broker: { mode: 'external' }, ...cpu({ engine: 'keda' }) },
    ['broker.external.address', 'cannot take the URLs', 'Set host:port'],
  ],
  [
    'KEDA over TLS that would be checked half',
    {
      broker: {
        mode: 'external',
        external: { address: 'redis:6380', tls: { enabled: true, checkHostname: false } },
      },
      ...cpu({ engine: 'keda' }),
    },
    ['broker.external.tls.checkHostname', 'no certificate at all', 'another engine'],
  ],
  [
    'a number of pods beside an HPA',
    { api: { scaling: { engine: 'hpa', replicas: 4 } } },
    ['api.scaling.replicas: 4 has no effect under the engine hpa', '`min` and `max`'],
  ],
  [
    'a number of pods beside KEDA',
    cpu({ engine: 'keda', replicas: 0 }),
    ['workers.pools.cpu.scaling.replicas: 0 has no effect under the engine keda'],
  ],
  [
    'a number of pods beside `kubectl scale`, whose engine is inherited',
    {
      workers: { defaults: { scaling: { engine: 'manual' } }, pools: { cpu: { scaling: { replicas: 3 } } } },
    },
    ['workers.pools.cpu.scaling.replicas: 3 has no effect under the engine manual', '`kubectl scale`'],
  ],
  [
    'the same in the defaults',
    { workers: { defaults: { scaling: { engine: 'hpa', replicas: 3 } } } },
    ['workers.defaults.scaling.replicas: 3 has no effect'],
  ],
  [
    'a budget that no drain survives',
    { api: { disruption: { maxUnavailable: 0 } } },
    ['api.disruption.maxUnavailable: 0', 'wait for ever', 'at least 1'],
  ],
  [
    'the same as a share',
    { workers: { defaults: { disruption: { maxUnavailable: '0%' } } } },
    ['workers.pools.cpu.disruption.maxUnavailable: 0%', 'wait for ever'],
  ],
];

test.each(refused)('refused: %s', async (_title, values, words) => {
  const error = await renderedObjects({ values }).then(
    () => undefined,
    (reason: unknown) => String(reason),
  );
  for (const word of words) expect(error).toContain(word);
});

test('KEDA for the API is refused by the schema, which names the engines that there are', async () => {
  await expect(renderedObjects({ values: { api: { scaling: { engine: 'keda' } } } })).rejects.toThrow(
    "at '/api/scaling/engine': value must be one of 'fixed', 'manual', 'hpa'",
  );
});

/** Neighbours of what is refused. */
const accepted: readonly (readonly [title: string, values: object])[] = [
  ['one pod at least and at most', cpu({ engine: 'hpa', min: 1, max: 1 })],
  ['bounds that nobody reads', cpu({ min: 20, max: 1 })],
  [
    'a number of pods for the other pools',
    {
      workers: {
        defaults: { scaling: { replicas: 3 } },
        pools: { batch: { queues: { q: {} }, scaling: { engine: 'keda' } } },
      },
    },
  ],
  [
    'a number of pods of a pool that does not exist',
    { workers: { pools: { old: { enabled: false, scaling: { engine: 'hpa', replicas: 3 } } } } },
  ],
  [
    'a broker without address that KEDA does not read',
    { broker: { mode: 'external', external: { tls: { enabled: true, checkHostname: false } } } },
  ],
  ['a number of pods that is taken back', cpu({ engine: 'hpa', replicas: '' })],
  [
    'a budget of nothing that is switched off',
    { api: { disruption: { enabled: false, maxUnavailable: 0 } } },
  ],
];

test.each(accepted)('accepted: %s', async (_title, values) => {
  expect(await renderedObjects({ values })).not.toEqual([]);
});
