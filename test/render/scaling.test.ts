import { describe, expect, test } from 'vitest';
import { chartDirectory, helm, type RenderOptions } from '../../src/chart/helm.ts';
import { only, overlay, type Rendering, render, titles } from './support.ts';

const cpu = (own: object) => ({ values: { workers: { pools: { cpu: own } } } });
const everything = { valuesFiles: [overlay('all-features')] };

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

  test('measures memory only when asked, and can do without CPU', async () => {
    const spec = await hpa(
      cpu({ scaling: { engine: 'hpa', hpa: { cpu: 0, memory: 85 } } }),
      'audio-worker-hpa',
    );
    expect(spec).toMatchObject({
      metrics: [{ containerResource: { name: 'memory', target: { averageUtilization: 85 } } }],
    });
    expect((spec as { metrics: unknown[] }).metrics).toHaveLength(1);
  });

  test('never goes in a direction without share and pods', async () => {
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

interface Trigger {
  readonly type: string;
  readonly name: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly authenticationRef: { readonly name: string };
}
interface ScaledObjectSpec {
  readonly minReplicaCount: number;
  readonly maxReplicaCount: number;
  readonly cooldownPeriod?: number;
  readonly fallback: object;
  readonly advanced: {
    readonly horizontalPodAutoscalerConfig: { readonly name: string; readonly behavior: object };
    readonly scalingModifiers: Readonly<Record<string, string>>;
  };
  readonly triggers: readonly Trigger[];
}

describe('KEDA', () => {
  const scaled = async (options: RenderOptions, name = 'audio-worker') =>
    only(await render(options), 'ScaledObject', name).spec as unknown as ScaledObjectSpec;
  const keys = ({ triggers }: ScaledObjectSpec) => triggers.map(({ metadata }) => metadata.listName).sort();

  test('counts every queue of the pool and the tasks that its workers hold, and sums them', async () => {
    const spec = await scaled(cpu({ scaling: { engine: 'keda' } }));
    expect(keys(spec)).toEqual(['audio_queue', 'celery', 'system_queue', 'unacked:cpu']);
    const { formula, ...modifiers } = spec.advanced.scalingModifiers;
    expect(formula?.split(' + ').sort()).toEqual(spec.triggers.map(({ name }) => name).sort());
    expect(modifiers).toEqual({ target: '4', activationTarget: '0', metricType: 'AverageValue' });
  });

  test('names the keys so that any name of a queue does, words of the formula among them', async () => {
    const queues = { audio_queue: null, celery: null, system_queue: null, in: {}, 'a.b-c': {}, '1': {} };
    const { triggers } = await scaled(cpu({ queues, scaling: { engine: 'keda' } }));
    for (const { name } of triggers) expect(name).toMatch(/^(queue[0-9]+|running)$/);
    expect(triggers.map(({ metadata }) => metadata.listName).sort()).toEqual([
      '1',
      'a.b-c',
      'in',
      'unacked:cpu',
    ]);
  });

  test('aims at the concurrency of a pod, or at what is asked for', async () => {
    const target = async (own: object) => (await scaled(cpu(own))).advanced.scalingModifiers.target;
    expect(await target({ concurrency: 3, scaling: { engine: 'keda' } })).toBe('3');
    expect(await target({ concurrency: 3, scaling: { engine: 'keda', keda: { target: 1 } } })).toBe('1');
  });

  test('reaches zero, and waits for that only where it may', async () => {
    expect(await scaled(cpu({ scaling: { engine: 'keda', min: 0 } }))).toMatchObject({
      minReplicaCount: 0,
      cooldownPeriod: 300,
    });
    expect(await scaled(cpu({ scaling: { engine: 'keda' } }))).not.toHaveProperty('cooldownPeriod');
  });

  test('takes no pod away while it cannot read the broker', async () => {
    expect((await scaled(cpu({ scaling: { engine: 'keda' } }))).fallback).toEqual({
      failureThreshold: 3,
      replicas: 1,
      behavior: 'currentReplicasIfHigher',
    });
  });

  test("finds the broker from its own namespace, with the password of the workers' Secret", async () => {
    const options = { namespace: 'elsewhere', release: 'second', ...cpu({ scaling: { engine: 'keda' } }) };
    const rendered = await render(options);
    const { triggers } = only(rendered, 'ScaledObject', 'second-audio-worker')
      .spec as unknown as ScaledObjectSpec;
    for (const { metadata, authenticationRef } of triggers) {
      expect(metadata.address).toBe('second-redis-service.elsewhere.svc:6379');
      expect(authenticationRef.name).toBe('second-audio-worker-keda');
    }
    expect(only(rendered, 'TriggerAuthentication', 'second-audio-worker-keda').spec).toEqual({
      secretTargetRef: [{ parameter: 'password', name: 'ml-service-secrets', key: 'REDIS_PASSWORD' }],
    });
  });

  test('finds an external broker by its address, database and TLS, or through Sentinels', async () => {
    const external = { address: 'redis.data.svc:6380', database: 2, tls: { enabled: true } };
    const values = { broker: { mode: 'external', external }, ...cpu({ scaling: { engine: 'keda' } }).values };
    const { triggers } = await scaled({ values });
    for (const { type, metadata } of triggers) {
      expect(type).toBe('redis');
      expect(metadata).toMatchObject({
        address: 'redis.data.svc:6380',
        databaseIndex: '2',
        enableTLS: 'true',
      });
    }
    const behind = await render({ valuesFiles: [overlay('external-broker')] });
    const spec = only(behind, 'ScaledObject', 'audio-worker').spec as unknown as ScaledObjectSpec;
    for (const { type, metadata } of spec.triggers) {
      expect(type).toBe('redis-sentinel');
      expect(metadata).toMatchObject({
        addresses: 'sentinel-0.data.svc:26379,sentinel-1.data.svc:26379',
        sentinelMaster: 'main',
      });
      expect(metadata).not.toHaveProperty('address');
    }
    const { secretTargetRef } = only(behind, 'TriggerAuthentication', 'audio-worker-keda').spec as {
      secretTargetRef: readonly Readonly<Record<string, string>>[];
    };
    expect(secretTargetRef.map(({ parameter, name, key }) => `${parameter}: ${name}/${key}`)).toEqual([
      'password: ml-service-secrets/REDIS_PASSWORD',
      'sentinelPassword: ml-service-secrets/REDIS_PASSWORD',
      'ca: broker-ca/ca.crt',
      'cert: broker-client/tls.crt',
      'key: broker-client/tls.key',
    ]);
  });

  test('serves a third pool by one more line, and all pools by one authentication', async () => {
    const third = { batch: { queues: { async_batch_queue: {} }, scaling: { engine: 'keda' } } };
    const spec = await scaled({ values: { workers: { pools: third } } }, 'audio-batch-worker');
    expect(keys(spec)).toEqual(['async_batch_queue', 'unacked:batch']);
    expect(spec.advanced.horizontalPodAutoscalerConfig.name).toBe('audio-batch-worker-keda-hpa');
    const rendered = await render(everything);
    expect(titles(rendered, 'ScaledObject')).toHaveLength(2);
    expect(titles(rendered, 'TriggerAuthentication')).toHaveLength(1);
  });
});

describe('NOTES', () => {
  const notes = async (values: object) => {
    const args = ['install', 'audio-processor', chartDirectory, '--dry-run=client', '--values', '-'];
    const { stdout } = await helm([...args, '--namespace', 'ml-service'], { values }, 60_000);
    return stdout.slice(stdout.indexOf('NOTES:'));
  };

  test('say who decides how many pods run, and how to look at it', async () => {
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
    expect(text).toContain('2 to 10 by HPA: kubectl --namespace ml-service describe hpa audio-processor-hpa');
    expect(text).toContain(
      'should there be 0, the HPA rests: kubectl --namespace ml-service scale deployment/audio-processor --replicas=2',
    );
    expect(text).toContain(
      '2 to 20 by KEDA: kubectl --namespace ml-service describe scaledobject audio-worker',
    );
    expect(text).toContain('kubectl --namespace ml-service scale deployment/audio-batch-worker --replicas=N');
    expect(text).toContain('pods: 3, fixed');
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
