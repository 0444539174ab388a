import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { renderedObjects } from './renders.ts';
import { longRelease } from './support.ts';

const pool = (own: object) => ({ workers: { pools: { cpu: own } } });

/** Each row: what is refused, the values, and words of the message: the place, the reason, the remedy. */
const refused: readonly (readonly [title: string, values: object, words: readonly string[]])[] = [
  [
    'a probe without pause',
    { api: { probes: { liveness: { period: '0s' } } } },
    ['api.probes.liveness.period'],
  ],
  [
    'a probe without time',
    pool({ probes: { startup: { timeout: '0s' } } }),
    ['pools.cpu.probes.startup.timeout'],
  ],
  ['a grace period that preStop eats', { api: { grace: '14s' } }, ['api.grace', 'at least 15s']],
  [
    'a rollout that may neither add nor remove a pod',
    pool({ strategy: { maxSurge: '0%', maxUnavailable: 0 } }),
    ['workers.pools.cpu.strategy', 'no rollout could begin'],
  ],
  ['the same of the API', { api: { strategy: { maxSurge: 0 } } }, ['api.strategy', 'no rollout could begin']],
  [
    'a secret among the settings',
    { app: { env: { S3_SECRET_KEY: 'plain' } } },
    ['app.env.S3_SECRET_KEY', 'Secret ml-service-secrets'],
  ],
  [
    'a broker URL among the settings',
    pool({ env: { CELERY_BROKER_URL: 'redis://:plain@other/0' } }),
    ['workers.pools.cpu.env.CELERY_BROKER_URL', 'broker.mode: external', 'Secret ml-service-secrets'],
  ],
  [
    "another module in the place of the chart's",
    { app: { env: { CELERY_CONFIG_MODULE: 'mine' } } },
    ['app.env.CELERY_CONFIG_MODULE', 'delivered twice', 'Remove it'],
  ],
  [
    'metrics of the API in files that nobody reads',
    { api: { env: { PROMETHEUS_MULTIPROC_DIR: '/tmp' } } },
    ['api.env.PROMETHEUS_MULTIPROC_DIR', 'where nobody looks', 'workers.defaults.metrics'],
  ],
  [
    "a path that hides the chart's module",
    { api: { env: { PYTHONPATH: '/app:/srv/etc/audio-processor' } } },
    ['api.env.PYTHONPATH', 'no process starts', 'app.codeDirectory'],
  ],
  [
    'a request above the limit',
    { broker: { resources: { limits: { memory: '256Mi' } } } },
    ['broker.resources.requests.memory: 512Mi', 'the limit 256Mi', 'raise broker.resources.limits.memory'],
  ],
  [
    'a processor share above the limit',
    pool({ resources: { limits: { cpu: '999m' } } }),
    ['workers.pools.cpu.resources.requests.cpu: 1 ', 'the limit 999m'],
  ],
  [
    "a journal on the node's disk, above the limit of it",
    { broker: { persistence: { enabled: false } } },
    ['broker.resources.limits.ephemeral-storage: 256Mi', 'broker.persistence.size', 'at least 8192Mi'],
  ],
  [
    'directories above the limit of the disk',
    pool({ storage: { tmp: '20Gi' } }),
    ['workers.pools.cpu.resources.limits.ephemeral-storage', 'at least 24576Mi'],
  ],
];

describe('refused, with place, reason and remedy', () => {
  test.each(refused)('%s', async (_title, values, words) => {
    const error = await renderedObjects({ values }).then(
      () => new Error('it was accepted'),
      (refusal: Error) => refusal,
    );
    for (const word of words) expect(error.message).toContain(word);
    expect(error.message).toContain('1 problem(s) in the values');
    // No secret reaches a message.
    expect(error.message).not.toContain('plain');
  });

  test('two pools with one name after truncation', async () => {
    const [first, second] = poolsWithOneName(longRelease);
    const pools = { [first]: { queues: { a: {} } }, [second]: { queues: { b: {} } } };
    await expect(renderedObjects({ values: { workers: { pools } }, release: longRelease })).rejects.toThrow(
      `workers.pools.${[first, second].sort()[1]}: its objects would have the name`,
    );
  });

  test.each([
    ['1st', '1st-'],
    ['my.release', 'my.release-'],
  ])('a release name that no Service may begin with: %s', async (release, prefix) => {
    const refusal = `fullnameOverride: every name would begin with ${prefix}, but the name of a Service`;
    await expect(renderedObjects({ release })).rejects.toThrow(refusal);
    expect(await renderedObjects({ release, values: { fullnameOverride: 'first' } })).not.toEqual([]);
  });

  test('all problems at once', async () => {
    const values = { api: { grace: '1s' }, ...pool({ taskLimit: '1s', visibilityTimeout: '1s' }) };
    await expect(renderedObjects({ values })).rejects.toThrow('4 problem(s) in the values');
  });

  test('Kubernetes older than the floor', async () => {
    await expect(renderedObjects({ kubeVersion: '1.30.0' })).rejects.toThrow(
      /Kubernetes >=1\.31\.0.*v1\.30\.0/,
    );
    expect(await renderedObjects({ kubeVersion: '1.31.0' })).not.toEqual([]);
    expect(await renderedObjects({ kubeVersion: '1.33.1-gke.100' })).not.toEqual([]);
  });

  const malformed: readonly (readonly [title: string, values: object, message: string])[] = [
    ['an unknown key', { api: { replica: 2 } }, "at '/api': additional properties 'replica'"],
    [
      'an unknown key of a pool',
      pool({ queue: {} }),
      "at '/workers/pools/cpu': additional properties 'queue'",
    ],
    ['a wrong type', { api: { port: '8000' } }, "at '/api/port': got string, want integer"],
    [
      'more pods than Kubernetes counts',
      { api: { scaling: { replicas: 2147483648 } } },
      "at '/api/scaling/replicas': maximum",
    ],
    ['more seconds than Kubernetes counts', { api: { grace: '100000h' } }, "at '/api/grace': '100000h'"],
    ['a malformed duration', pool({ taskLimit: '1 hour' }), "at '/workers/pools/cpu/taskLimit': '1 hour'"],
    [
      'a duration in the wrong order',
      pool({ taskLimit: '30m1h' }),
      "at '/workers/pools/cpu/taskLimit': '30m1h'",
    ],
    ['a malformed quantity', { api: { storage: { tmp: '8 GB' } } }, "at '/api/storage/tmp': '8 GB'"],
    ['a quantity with an exponent', { api: { storage: { tmp: '8e9' } } }, "at '/api/storage/tmp': '8e9'"],
    ['a null that deletes a default', { api: { grace: null } }, "at '/api': missing property 'grace'"],
    ['a null for a pool leaf', pool({ taskLimit: null }), "at '/workers/pools/cpu/taskLimit': got null"],
    [
      'an unknown delivery mode',
      { delivery: { mode: 'once' } },
      "at '/delivery/mode': value must be one of 'lease', 'timeout'",
    ],
    ['a broker image without tag', { broker: { image: { tag: '' } } }, "at '/broker/image/tag': ''"],
    ['a label with a space', { api: { podLabels: { team: 'a b' } } }, "at '/api/podLabels/team': 'a b'"],
    ['an annotation without name', { api: { podAnnotations: { 'a/': 'b' } } }, "'a/' does not match pattern"],
    [
      'more pods down than there are',
      pool({ strategy: { maxUnavailable: '101%' } }),
      "at '/workers/pools/cpu/strategy/maxUnavailable': '101%'",
    ],
    ['a prefix that begins with a digit', { fullnameOverride: '1st' }, "at '/fullnameOverride': '1st'"],
    ['a pool name in capitals', { workers: { pools: { GPU: {} } } }, "'GPU' does not match pattern"],
  ];
  test.each(malformed)('by the schema: %s', async (_title, values, message) => {
    await expect(renderedObjects({ values })).rejects.toThrow(message);
  });
});

test('nothing is refused where nothing is rendered', async () => {
  expect(await renderedObjects({ values: { enabled: false, api: { grace: '1s' } } })).toEqual([]);
});

/** Two pool names whose objects would get one name in a release: same first 54 characters, same hash of eight digits. */
function poolsWithOneName(release: string): readonly [string, string] {
  const seen = new Map<string, string>();
  for (let number = 0; ; number += 1) {
    const pool = `a${number.toString(36)}`;
    const full = `${release}-audio-${pool}-worker`;
    const hash = createHash('sha256').update(full).digest('hex').slice(0, 8);
    const other = seen.get(hash);
    if (other !== undefined) return [other, pool];
    seen.set(hash, pool);
  }
}
