import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { envOf, notes, overlay, render } from './support.ts';

const pools = (own: object, defaults: object = {}) => ({ values: { workers: { defaults, pools: own } } });

/** Everything about one pool that follows from its task limit. */
async function times(name: string, options: Parameters<typeof render>[0]) {
  const rendered = await render(options);
  const { spec } = rendered.workload(name);
  const container = rendered.container(name);
  const option = (key: string) =>
    Number(container.command.find((part) => part.startsWith(`--${key}=`))?.split('=')[1]);
  return {
    hard: option('time-limit'),
    soft: option('soft-time-limit'),
    grace: spec.template.spec.terminationGracePeriodSeconds,
    quitAfter: Number(container.lifecycle?.preStop.exec?.command.at(-1)),
    visibility: Number(envOf(container).AUDIO_PROCESSOR_VISIBILITY_TIMEOUT),
    deadline: spec.progressDeadlineSeconds,
  };
}

describe('the task limit of a pool', () => {
  test('moves limits, grace, drain and visibility timeout together', async () => {
    expect(await times('audio-worker', {})).toEqual({
      hard: 3600,
      soft: 3300,
      grace: 3720,
      quitAfter: 3675,
      visibility: 5400,
      deadline: 600,
    });
    expect(await times('audio-worker', pools({ cpu: { taskLimit: '1h30m30s' } }))).toEqual({
      hard: 5430,
      soft: 5130,
      grace: 5550,
      quitAfter: 5505,
      visibility: 8145,
      deadline: 600,
    });
  });

  test('leaves at least ten minutes above itself to the visibility timeout', async () => {
    expect(await times('audio-worker', pools({ cpu: { taskLimit: '10m' } }))).toMatchObject({
      visibility: 1200,
    });
  });

  test('is what NOTES prints', async () => {
    const text = await notes({ values: { workers: { pools: { cpu: { taskLimit: '2h' } } } } });
    for (const seconds of ['7200 s', '7320 s', '900 s']) expect(text).toContain(seconds);
    for (const key of ['S3_ACCESS_KEY', 'S3_SECRET_KEY', 'REDIS_PASSWORD']) expect(text).toContain(key);
  });

  test('does not prolong the detection of a broken image, unless the new pod waits for the old one', async () => {
    const long = { taskLimit: '2h' };
    expect(await times('audio-worker', pools({ cpu: long }))).toMatchObject({ deadline: 600 });
    expect(
      await times('audio-worker', pools({ cpu: { ...long, strategy: { type: 'Recreate' } } })),
    ).toMatchObject({ deadline: 600 + 7320 });
    const held = [{ profile: 'nvidia' }, { resources: { limits: { 'rdma/hca': 1 } } }];
    for (const device of held) {
      expect(await times('audio-worker', pools({ cpu: { ...long, ...device } }))).toMatchObject({
        deadline: 600 + 7320,
      });
    }
  });

  test('is the least that `finish` may give a task; more prolongs drain and grace', async () => {
    expect(await times('audio-worker', pools({ cpu: { drain: { within: '90m' } } }))).toMatchObject({
      quitAfter: 5475,
      grace: 5520,
      hard: 3600,
    });
    expect(await times('audio-worker', pools({ cpu: { drain: { within: '1h' } } }))).toEqual(
      await times('audio-worker', {}),
    );
  });

  test('does not count under `requeue`, where a task gets `within` and is requeued', async () => {
    const drain = (within?: string) =>
      pools({ cpu: { drain: { mode: 'requeue', ...(within && { within }) } } });
    expect(await times('audio-worker', drain())).toMatchObject({
      quitAfter: 300,
      grace: 360,
      visibility: 5400,
    });
    expect(await times('audio-worker', drain('45s'))).toMatchObject({ quitAfter: 45, grace: 105 });
  });
});

describe('a third pool on other hardware', () => {
  test('is at most six lines of an overlay, and nothing else', () => {
    expect(readFileSync(overlay('third-pool'), 'utf8').trim().split('\n').length).toBeLessThanOrEqual(6);
  });

  test('has a separate name, queue, node name, limits and keys', async () => {
    const rendered = await render({ valuesFiles: [overlay('third-pool')] });
    const speech = rendered.container('audio-speech-worker');
    expect(speech.command.slice(0, 8)).toEqual([
      ...['celery', '-A', 'src.celery_app', 'worker', '-n', 'speech@%h', '-Q', 'async_gpu_queue'],
    ]);
    expect(envOf(speech)).toMatchObject({
      AUDIO_PROCESSOR_POOL: 'speech',
      AUDIO_PROCESSOR_VISIBILITY_TIMEOUT: '2700',
    });
    expect(await times('audio-speech-worker', { valuesFiles: [overlay('third-pool')] })).toMatchObject({
      hard: 1800,
      grace: 1920,
      quitAfter: 1875,
      deadline: 600 + 1920,
    });
  });

  test('gets its device, on nodes that have it', async () => {
    const rendered = await render({ valuesFiles: [overlay('third-pool')] });
    expect(rendered.container('audio-speech-worker').resources.limits).toMatchObject({
      'nvidia.com/mig-1g.10gb': '1',
    });
    expect(rendered.workload('audio-speech-worker').spec.template.spec.nodeSelector).toEqual({ disk: 'ssd' });
  });

  test('changes nothing in the other workloads', async () => {
    const [before, after] = await Promise.all([render(), render({ valuesFiles: [overlay('third-pool')] })]);
    for (const workload of before.workloads) {
      expect(after.workload(workload.metadata.name)).toEqual(workload);
    }
  });
});

describe('the API, a client without pool', () => {
  test('has the visibility timeout of the pool with the longest, so that its scan requeues no running task', async () => {
    const { container } = await render(pools({ slow: { queues: { q: {} }, taskLimit: '6h' } }));
    const env = envOf(container('audio-processor'));
    expect(env.AUDIO_PROCESSOR_VISIBILITY_TIMEOUT).toBe('32400');
    expect(env).not.toHaveProperty('AUDIO_PROCESSOR_POOL');
    expect(env).toMatchObject({ CELERY_CONFIG_MODULE: 'audio_processor_celery' });
  });
});

describe('who wins', () => {
  test('in the environment: a component over `app.env` over the chart', async () => {
    const { container } = await render({ valuesFiles: [overlay('all-features')] });
    const threads = (name: string) => envOf(container(name)).OMP_NUM_THREADS;
    expect(threads('audio-processor')).toBe('4');
    expect(threads('audio-worker')).toBe('8');
    expect(threads('audio-gpu-worker')).toBe('2');
    expect(envOf((await render()).container('audio-worker')).OMP_NUM_THREADS).toBe('1');
  });

  test('over the visibility timeout: the environment of the pool, which tests shorten', async () => {
    const { container } = await render(pools({ cpu: { env: { AUDIO_PROCESSOR_VISIBILITY_TIMEOUT: '20' } } }));
    expect(envOf(container('audio-worker')).AUDIO_PROCESSOR_VISIBILITY_TIMEOUT).toBe('20');
  });

  test('in a pool: its own leaf over the defaults, false, 0 and "" included; null removes an entry', async () => {
    const rendered = await render(
      pools(
        {
          cpu: {
            scaling: { replicas: 0 },
            visibilityTimeout: '',
            env: { KEPT: '', REMOVED: null },
            scheduling: {
              nodeSelector: { disk: null, zone: '' },
              topologySpreadConstraints: { hostname: null },
            },
            resources: { limits: { 'ephemeral-storage': null } },
          },
          off: { enabled: false, queues: { q: {} } },
        },
        {
          scaling: { replicas: 4 },
          visibilityTimeout: '9h',
          env: { KEPT: 'x', REMOVED: 'x', INHERITED: 'x' },
          scheduling: { nodeSelector: { disk: 'ssd', zone: 'a', arch: 'amd64' } },
        },
      ),
    );
    const { spec } = rendered.workload('audio-worker');
    const container = rendered.container('audio-worker');
    expect(spec.replicas).toBe(0);
    expect(envOf(container)).toMatchObject({
      KEPT: '',
      INHERITED: 'x',
      AUDIO_PROCESSOR_VISIBILITY_TIMEOUT: '5400',
    });
    expect(envOf(container)).not.toHaveProperty('REMOVED');
    expect(spec.template.spec.nodeSelector).toEqual({ arch: 'amd64', zone: '' });
    expect(spec.template.spec.topologySpreadConstraints).toBeUndefined();
    expect(Object.keys(container.resources.limits)).toEqual(['memory']);
    expect(rendered.workloads.map(({ metadata }) => metadata.name)).not.toContain('audio-off-worker');
  });
});

describe('images', () => {
  test('of a pool may have another tag, which drops the digest that pinned the common one', async () => {
    const { container } = await render({ valuesFiles: [overlay('all-features')] });
    const image = 'registry.example.com:5000/audio/audio-processor';
    expect(container('audio-gpu-worker').image).toBe(`${image}:v9.8.7-gpu`);
    expect(container('audio-worker').image).toMatch(new RegExp(`^${image}:v9\\.8\\.7@sha256:[0-9a-f]{64}$`));
  });
});

describe('probes of a worker', () => {
  test('check files and never the broker, and end a hung worker without its grace period', async () => {
    const { startupProbe, readinessProbe, livenessProbe } = (await render()).container('audio-worker');
    expect(startupProbe.exec?.command).toEqual(['test', '-f', '/health/ready']);
    expect(readinessProbe.exec?.command).toEqual(['test', '-f', '/health/ready']);
    expect(livenessProbe.exec?.command.at(-1)).toContain('/health/heartbeat');
    expect(livenessProbe.exec?.command.at(-1)).toMatch(/-lt 900$/);
    expect(livenessProbe.terminationGracePeriodSeconds).toBe(60);
    expect(startupProbe.terminationGracePeriodSeconds).toBe(30);
  });
});
