import { describe, expect, test } from 'vitest';
import { chartDirectory, helm, type RenderOptions } from '../../src/chart/helm.ts';
import { only, type Rendering, render, titles } from './support.ts';

const cpu = (own: object) => ({ values: { workers: { pools: { cpu: own } } } });

/** What decides the number of pods. */
const scalers = (rendered: Rendering) =>
  titles(rendered, 'HorizontalPodAutoscaler', 'ScaledObject', 'TriggerAuthentication');

describe('each engine of a pool renders its own objects and nothing of another', () => {
  const cases = [
    ['fixed', 2, []],
    ['manual', undefined, []],
    ['hpa', undefined, ['HorizontalPodAutoscaler/audio-worker-hpa']],
    ['keda', undefined, ['ScaledObject/audio-worker', 'TriggerAuthentication/audio-worker-keda']],
  ] as const;
  test.each(cases)('%s', async (engine, replicas, expected) => {
    const rendered = await render(cpu({ scaling: { engine } }));
    expect(rendered.workload('audio-worker').spec.replicas).toBe(replicas);
    expect(scalers(rendered)).toEqual(expected);
    expect(rendered.workload('audio-processor').spec.replicas).toBe(2);
  });

  test('of the API: fixed, manual and hpa', async () => {
    const api = async (engine: string) => {
      const rendered = await render({ values: { api: { scaling: { engine } } } });
      return [rendered.workload('audio-processor').spec.replicas, scalers(rendered)];
    };
    expect(await api('fixed')).toEqual([2, []]);
    expect(await api('manual')).toEqual([undefined, []]);
    expect(await api('hpa')).toEqual([undefined, ['HorizontalPodAutoscaler/audio-processor-hpa']]);
  });

  test('`fixed` takes `replicas`, 0 included, and `min` where it is empty', async () => {
    const replicas = async (scaling: object) =>
      (await render(cpu({ scaling }))).workload('audio-worker').spec.replicas;
    expect(await replicas({ replicas: 0, min: 5 })).toBe(0);
    expect(await replicas({ replicas: 7, min: 5 })).toBe(7);
    expect(await replicas({ min: 5 })).toBe(5);
  });
});

describe('an HPA', () => {
  const hpa = async (options: RenderOptions, name: string) =>
    only(await render(options), 'HorizontalPodAutoscaler', name).spec;

  test('of the API keeps the numbers that it ran with', async () => {
    const api = { values: { api: { scaling: { engine: 'hpa', min: 3 } } } };
    expect(await hpa(api, 'audio-processor-hpa')).toEqual({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'audio-processor' },
      minReplicas: 3,
      maxReplicas: 10,
      metrics: [
        {
          type: 'ContainerResource',
          containerResource: {
            name: 'cpu',
            container: 'audio-processor',
            target: { type: 'Utilization', averageUtilization: 70 },
          },
        },
      ],
      behavior: {
        scaleDown: {
          stabilizationWindowSeconds: 300,
          selectPolicy: 'Max',
          policies: [{ type: 'Percent', value: 10, periodSeconds: 60 }],
        },
        scaleUp: {
          stabilizationWindowSeconds: 60,
          selectPolicy: 'Max',
          policies: [
            { type: 'Percent', value: 50, periodSeconds: 60 },
            { type: 'Pods', value: 2, periodSeconds: 60 },
          ],
        },
      },
    });
  });

  test('of the CPU workers as well', async () => {
    const spec = await hpa(cpu({ scaling: { engine: 'hpa', min: 5, max: 20 } }), 'audio-worker-hpa');
    expect(spec).toMatchObject({
      minReplicas: 5,
      maxReplicas: 20,
      metrics: [{ containerResource: { container: 'audio-worker', target: { averageUtilization: 80 } } }],
      behavior: {
        scaleDown: {
          stabilizationWindowSeconds: 600,
          policies: [{ type: 'Percent', value: 20, periodSeconds: 120 }],
        },
        scaleUp: {
          stabilizationWindowSeconds: 120,
          policies: [
            { type: 'Percent', value: 100, periodSeconds: 120 },
            { type: 'Pods', value: 5, periodSeconds: 120 },
          ],
        },
      },
    });
  });

  test('of the GPU workers as well', async () => {
    const values = { workers: { pools: { gpu: { enabled: true, scaling: { engine: 'hpa' } } } } };
    expect(await hpa({ values }, 'audio-gpu-worker-hpa')).toMatchObject({
      minReplicas: 1,
      maxReplicas: 5,
      metrics: [{ containerResource: { container: 'audio-gpu-worker', target: { averageUtilization: 75 } } }],
      behavior: {
        scaleDown: {
          stabilizationWindowSeconds: 900,
          policies: [{ type: 'Percent', value: 50, periodSeconds: 300 }],
        },
        scaleUp: {
          stabilizationWindowSeconds: 300,
          policies: [
            { type: 'Percent', value: 100, periodSeconds: 300 },
            { type: 'Pods', value: 1, periodSeconds: 300 },
          ],
        },
      },
    });
  });

  test('measures memory only when it is set, and can do without CPU', async () => {
    const spec = await hpa(
      cpu({ scaling: { engine: 'hpa', hpa: { cpu: 0, memory: 85 } } }),
      'audio-worker-hpa',
    );
    expect(spec).toMatchObject({
      metrics: [{ containerResource: { name: 'memory', target: { averageUtilization: 85 } } }],
    });
    expect((spec as { metrics: unknown[] }).metrics).toHaveLength(1);
  });

  test('never scales in a direction without percent and pods', async () => {
    const scaling = { engine: 'hpa', scaleDown: { percent: 0 } };
    expect(await hpa(cpu({ scaling }), 'audio-worker-hpa')).toMatchObject({
      behavior: { scaleDown: { selectPolicy: 'Disabled' }, scaleUp: { selectPolicy: 'Max' } },
    });
  });

  test('of a pool lets KEDA take over, whose webhook would refuse otherwise', async () => {
    const rendered = await render(cpu({ scaling: { engine: 'hpa' } }));
    expect(only(rendered, 'HorizontalPodAutoscaler', 'audio-worker-hpa').metadata.annotations).toEqual({
      'validations.keda.sh/hpa-ownership': 'false',
    });
  });
});

describe('NOTES', () => {
  const notes = async (values: object) => {
    const args = ['install', 'audio-processor', chartDirectory, '--dry-run=client', '--values', '-'];
    const { stdout } = await helm([...args, '--namespace', 'ml-service'], { values }, 60_000);
    return stdout.slice(stdout.indexOf('NOTES:'));
  };

  test('name what decides the number of pods, and the command that reads it', async () => {
    const text = await notes({
      api: { scaling: { engine: 'hpa' } },
      workers: {
        pools: {
          cpu: { scaling: { engine: 'keda', max: 20 } },
          batch: { queues: { q: {} }, scaling: { engine: 'manual' } },
          other: { queues: { r: {} }, scaling: { replicas: 3 } },
        },
      },
    });
    expect(text).toContain(
      '2 to 10, by HPA: kubectl --namespace ml-service describe hpa audio-processor-hpa',
    );
    expect(text).toContain(
      'to resume: kubectl --namespace ml-service scale deployment/audio-processor --replicas=2',
    );
    expect(text).toContain(
      '2 to 20, by KEDA: kubectl --namespace ml-service describe scaledobject audio-worker',
    );
    expect(text).toContain('kubectl --namespace ml-service scale deployment/audio-batch-worker --replicas=N');
    expect(text).toContain('Replicas: 3, fixed');
    expect(text).not.toContain('KEDA reads');
  });

  test('name the key that KEDA reads with an external broker', async () => {
    const external = { address: 'redis.data.svc:6380' };
    const text = await notes({
      broker: { mode: 'external', external },
      ...cpu({ scaling: { engine: 'keda' } }).values,
    });
    expect(text).toContain(
      "KEDA reads the broker's password from the Secret ml-service-secrets, key REDIS_PASSWORD",
    );
  });
});
