import { longRelease } from '../support.ts';
import { type Accepted, cpu, type Refused } from './cases.ts';
import { poolsWithOneName } from './one-name.ts';

const [first, second] = poolsWithOneName(longRelease);

export const refused: readonly Refused[] = [
  [
    'two pools whose names are equal once they are cut',
    { workers: { pools: { [first]: { queues: { a: {} } }, [second]: { queues: { b: {} } } } } },
    [`workers.pools.${[first, second].sort()[1]}`],
    { release: longRelease },
  ],
  ...['1st', 'my.release'].map(
    (release): Refused => [
      `a release name that no Service can begin with: ${release}`,
      {},
      ['fullnameOverride'],
      { release },
    ],
  ),
  [
    'a secret among the settings',
    { app: { env: { S3_SECRET_KEY: 'do-not-print' } } },
    ['app.env.S3_SECRET_KEY'],
  ],
  [
    'a secret in the environment of a profile',
    { workers: { profiles: { nvidia: { env: { HF_TOKEN: 'do-not-print' } } } } },
    ['workers.profiles.nvidia.env.HF_TOKEN'],
  ],
  [
    'a secret in the environment of what does not run',
    {
      beat: { enabled: false, env: { S3_ACCESS_KEY: 'do-not-print' } },
      models: { prefetch: { enabled: false, env: { HF_TOKEN: 'do-not-print' } } },
    },
    ['beat.env.S3_ACCESS_KEY', 'models.prefetch.env.HF_TOKEN'],
  ],
  [
    'a broker URL among the settings',
    cpu({ env: { CELERY_BROKER_URL: 'redis://:do-not-print@other/0' } }),
    ['workers.pools.cpu.env.CELERY_BROKER_URL'],
  ],
  [
    "another module in place of the chart's",
    { app: { env: { CELERY_CONFIG_MODULE: 'mine' } } },
    ['app.env.CELERY_CONFIG_MODULE'],
  ],
  [
    'metrics files of the API, which no sidecar reads',
    { api: { env: { PROMETHEUS_MULTIPROC_DIR: '/tmp' } } },
    ['api.env.PROMETHEUS_MULTIPROC_DIR'],
  ],
  [
    "a PYTHONPATH without the chart's module",
    { api: { env: { PYTHONPATH: '/app:/srv/etc/audio-processor' } } },
    ['api.env.PYTHONPATH'],
  ],
  [
    'credentials in a URL',
    {
      app: {
        s3: { endpoint: 'https://me:do-not-print@s3' },
        masterml: { url: 'http://do-not-print@masterml/a' },
      },
    },
    ['app.masterml.url', 'app.s3.endpoint'],
  ],
  [
    'an environment that Flower shares with the chart',
    {
      flower: {
        enabled: true,
        env: {
          FLOWER_BASIC_AUTH: 'do-not-print',
          FLOWER_URL_PREFIX: 'do-not-print',
          FLOWER_PORT: 'do-not-print',
          FLOWER_MAX_TASKS: 'do-not-print',
          FLOWER_PURGE_OFFLINE_WORKERS: 'do-not-print',
          FLOWER_UNAUTHENTICATED_API: 'do-not-print',
        },
      },
    },
    [
      'flower.env.FLOWER_BASIC_AUTH',
      'flower.env.FLOWER_MAX_TASKS',
      'flower.env.FLOWER_PORT',
      'flower.env.FLOWER_PURGE_OFFLINE_WORKERS',
      'flower.env.FLOWER_UNAUTHENTICATED_API',
      'flower.env.FLOWER_URL_PREFIX',
    ],
  ],
  [
    'a beat that would be restarted while it waits for the broker',
    { beat: { probes: { liveness: { maxAge: '4m' } } } },
    ['beat.probes.liveness.maxAge'],
  ],
  [
    'a model claim without a cache of type `claim`',
    { models: { cache: { existingClaim: 'mine' } } },
    ['models.cache.existingClaim'],
  ],
  [
    "a read-only cache that is a pod's own",
    { models: { cache: { readOnly: true } } },
    ['models.cache.readOnly'],
  ],
  [
    'a read-only claim that no Job fills',
    { models: { cache: { type: 'claim', readOnly: true } } },
    ['models.cache.readOnly'],
  ],
  ['offline pods with an empty cache', { models: { offline: true } }, ['models.offline']],
  [
    'a prefetch Job without a claim',
    { models: { prefetch: { enabled: true, command: ['true'] } } },
    ['models.prefetch.enabled'],
  ],
  [
    'a prefetch Job without a command',
    { models: { cache: { type: 'claim' }, prefetch: { enabled: true } } },
    ['models.prefetch.command'],
  ],
  [
    'a prefetch Job with a deadline of 0',
    { models: { cache: { type: 'claim' }, prefetch: { enabled: true, command: ['true'], deadline: '0s' } } },
    ['models.prefetch.deadline'],
  ],
  ...(
    [
      ['without kind', { apiVersion: 'v1' }],
      ['without apiVersion', { kind: 'ConfigMap' }],
      ['whose kind is a number', { apiVersion: 'v1', kind: 1 }],
      ['that is a Secret', { apiVersion: 'v1', kind: 'Secret', stringData: { a: 'do-not-print' } }],
      ['that is a Namespace', { apiVersion: 'v1', kind: 'Namespace' }],
    ] as const
  ).map(
    ([what, object]): Refused => [
      `an extra object ${what}`,
      { extraObjects: { one: object } },
      ['extraObjects.one'],
    ],
  ),
];

export const accepted: readonly Accepted[] = [
  ['a beat that is off', { beat: { enabled: false, probes: { liveness: { maxAge: '1m' } } } }],
  ['an environment of a Flower that is off', { flower: { env: { FLOWER_PORT: '1' } } }],
];
