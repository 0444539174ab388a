import { describe, expect, test } from 'vitest';
import type { ValueMap } from '../../src/values/merge.ts';
import { envOf, overlay, render } from './support.ts';

const gpu = (own: object, profile: object = {}): { readonly values: ValueMap } => ({
  values: {
    workers: { profiles: { nvidia: profile }, pools: { gpu: { enabled: true, ...own } } },
  } as ValueMap,
});

describe('a pool with a GPU', () => {
  test('uses it, on nodes that are reserved for GPUs, with shared memory', async () => {
    const { container, workload } = await render(gpu({}));
    const { resources, volumeMounts } = container('audio-gpu-worker');
    expect(resources).toMatchObject({
      requests: { 'nvidia.com/gpu': '1', cpu: '2', memory: '8Gi' },
      limits: { 'nvidia.com/gpu': '1', memory: '16Gi' },
    });
    const env = envOf(container('audio-gpu-worker'));
    expect(env).toMatchObject({ PYTORCH_NVML_BASED_CUDA_CHECK: '1', CUDA_DEVICE_ORDER: 'PCI_BUS_ID' });
    // The image's default "0" is right for one GPU.
    for (const name of ['NVIDIA_VISIBLE_DEVICES', 'CUDA_VISIBLE_DEVICES'])
      expect(env).not.toHaveProperty(name);
    const { spec } = workload('audio-gpu-worker').spec.template;
    expect(spec.tolerations).toEqual([{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }]);
    expect(volumeMounts).toContainEqual({ name: 'shared-memory', mountPath: '/dev/shm' });
    expect(spec.volumes).toContainEqual({
      name: 'shared-memory',
      emptyDir: { medium: 'Memory', sizeLimit: '1Gi' },
    });
    expect(spec).not.toHaveProperty('runtimeClassName');
  });

  test('sees all of several, whatever number the image bakes in', async () => {
    const { container } = await render(gpu({ hardware: { count: 4 } }));
    expect(envOf(container('audio-gpu-worker'))).toMatchObject({ CUDA_VISIBLE_DEVICES: '0,1,2,3' });
    expect(container('audio-gpu-worker').resources.limits).toMatchObject({ 'nvidia.com/gpu': '4' });
  });

  test.each(['nvidia.com/mig-1g.10gb', 'nvidia.com/gpu.shared', 'amd.com/gpu'])(
    'may name %s',
    async (resource) => {
      const { container } = await render(gpu({}, { resource, runtimeClassName: 'special' }));
      expect(container('audio-gpu-worker').resources.limits).toMatchObject({ [resource]: '1' });
      expect(container('audio-gpu-worker').resources.limits).not.toHaveProperty('nvidia.com/gpu');
    },
  );

  test('releases its GPU before the new pod requests one, and the rollout waits as long as a task may run', async () => {
    const { workload } = await render(gpu({}));
    expect(workload('audio-gpu-worker').spec).toMatchObject({
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
      progressDeadlineSeconds: 600 + 7320,
    });
  });

  test('takes another order where the pool, the profile or the defaults set it', async () => {
    const strategies = async (own: object, defaults: object) => {
      const values = {
        workers: { defaults: { strategy: defaults }, pools: { gpu: { enabled: true, strategy: own } } },
      };
      const { workload } = await render({ values });
      return ['audio-worker', 'audio-gpu-worker'].map((name) => workload(name).spec.strategy?.rollingUpdate);
    };
    expect(await strategies({ maxUnavailable: '50%' }, {})).toEqual([
      { maxSurge: '25%', maxUnavailable: 0 },
      { maxSurge: 0, maxUnavailable: '50%' },
    ]);
    expect(await strategies({ maxSurge: 1, maxUnavailable: 1 }, { maxSurge: 2 })).toEqual([
      { maxSurge: 2, maxUnavailable: 0 },
      { maxSurge: 1, maxUnavailable: 1 },
    ]);
    expect(await strategies({}, { maxSurge: 0 })).toEqual([
      { maxSurge: 0, maxUnavailable: 1 },
      { maxSurge: 0, maxUnavailable: 1 },
    ]);
  });
});

describe('the CPU fallback', () => {
  test.each([
    [
      'of the profile',
      gpu({}, { cpuFallback: true, nodeSelector: { model: 'a' }, runtimeClassName: 'special' }),
    ],
    ['of the pool', gpu({ hardware: { cpuFallback: true } }, { nodeSelector: { model: 'a' } })],
  ])(
    '%s is the same pool without device, selector and toleration, and uses no GPU',
    async (_title, options) => {
      const { container, workload } = await render(options);
      const { resources, env } = container('audio-gpu-worker');
      expect(Object.keys(resources.limits)).not.toContain('nvidia.com/gpu');
      expect(Object.keys(resources.requests)).not.toContain('nvidia.com/gpu');
      expect(resources.limits).toMatchObject({ memory: '16Gi' });
      expect(env).toContainEqual({ name: 'CUDA_VISIBLE_DEVICES', value: '' });
      expect(env).toContainEqual({ name: 'NVIDIA_VISIBLE_DEVICES', value: 'void' });
      const { spec } = workload('audio-gpu-worker');
      for (const key of ['tolerations', 'nodeSelector', 'runtimeClassName']) {
        expect(spec.template.spec).not.toHaveProperty(key);
      }
      expect(spec.strategy).toMatchObject({ rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } });
      expect(container('audio-gpu-worker').command).toContain('gpu_queue');
    },
  );

  test('keeps the scheduling of the pool itself', async () => {
    const { workload } = await render(
      gpu({ hardware: { cpuFallback: true }, scheduling: { nodeSelector: { zone: 'a' } } }),
    );
    expect(workload('audio-gpu-worker').spec.template.spec.nodeSelector).toEqual({ zone: 'a' });
  });

  test('can be taken back by one pool of the profile', async () => {
    const { container } = await render(gpu({ hardware: { cpuFallback: false } }, { cpuFallback: true }));
    expect(container('audio-gpu-worker').resources.limits).toMatchObject({ 'nvidia.com/gpu': '1' });
  });
});

describe('names', () => {
  test('of pools are part of a container name, which stays valid at their longest', async () => {
    const key = `a${'-'.repeat(38)}z`;
    const { workloads } = await render({ values: { workers: { pools: { [key]: { queues: { q: {} } } } } } });
    for (const { spec } of workloads) {
      for (const { name } of spec.template.spec.containers) {
        expect(name).toMatch(/^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
      }
    }
    expect(workloads.map(({ metadata }) => metadata.name)).toContain(`audio-${key}-worker`);
  });

  test.each(['a'.repeat(41), 'a-', '-a', '1a', 'a.b', 'a_b', 'A', ''])(
    'of pools and profiles never are %j',
    async (key) => {
      for (const kind of ['pools', 'profiles']) {
        const values = { workers: { [kind]: { [key]: {} } } };
        await expect(render({ values })).rejects.toThrow(/invalid propertyName/);
      }
    },
  );

  test('a null removes what the chart itself sets for a pool, which then inherits', async () => {
    const { container } = await render(gpu({ taskLimit: null, queues: { gpu_queue: null, other: {} } }));
    const { command } = container('audio-gpu-worker');
    expect(command).toContain('--time-limit=3600');
    expect(command).toContain('other');
  });

  test('`cpu: null` removes the pool', async () => {
    const { workloads } = await render({ values: { workers: { pools: { cpu: null } } } });
    expect(workloads.map(({ metadata }) => metadata.name).filter((name) => name.includes('worker'))).toEqual(
      [],
    );
  });
});

test('a pool on a profile inherits from the defaults, then from the profile, then sets the rest itself', async () => {
  const { container, workload } = await render({ valuesFiles: [overlay('all-features')] });
  expect(workload('audio-gpu-worker').spec.template.spec.nodeSelector).toEqual({
    'nvidia.com/gpu.present': 'true',
  });
  // The profile `radeon` falls back to CPUs, and its other leaves still count.
  expect(envOf(container('audio-batch-worker'))).toMatchObject({
    MIOPEN_FIND_MODE: 'FAST',
    CUDA_VISIBLE_DEVICES: '',
  });
});
