import { describe, expect, test } from 'vitest';
import type { RenderOptions } from '../../src/chart/helm.ts';
import { only, overlay, render, titles } from './support.ts';

const cpu = (own: object) => ({ values: { workers: { pools: { cpu: own } } } });
const everything = { valuesFiles: [overlay('all-features')] };

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
    const names = spec.triggers.map(({ name }) => name).sort();
    expect(formula).toBe(`any([${names.join(', ')}], # == nil) ? 1 : ${names.join(' + ')}`);
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

  test('targets the concurrency of a pod, or the given number', async () => {
    const target = async (own: object) => (await scaled(cpu(own))).advanced.scalingModifiers.target;
    expect(await target({ concurrency: 3, scaling: { engine: 'keda' } })).toBe('3');
    expect(await target({ concurrency: 3, scaling: { engine: 'keda', keda: { target: 1 } } })).toBe('1');
  });

  test('reaches zero, and waits for that only where it may', async () => {
    expect(await scaled(cpu({ scaling: { engine: 'keda', min: 0 } }))).toMatchObject({
      minReplicaCount: 0,
      cooldownPeriod: 300,
      initialCooldownPeriod: 300,
    });
    const above = await scaled(cpu({ scaling: { engine: 'keda' } }));
    for (const key of ['cooldownPeriod', 'initialCooldownPeriod']) expect(above).not.toHaveProperty(key);
  });

  test('takes no pod away while it cannot read the broker, and runs at least so many', async () => {
    const fallback = async (keda: object) =>
      (await scaled(cpu({ scaling: { engine: 'keda', keda } }))).fallback;
    const failureThreshold = 3;
    expect(await fallback({})).toEqual({
      failureThreshold,
      replicas: 1,
      behavior: 'currentReplicasIfHigher',
    });
    const none = { failureThreshold, replicas: 1, behavior: 'currentReplicas' };
    expect(await fallback({ fallback: { replicas: 0 } })).toEqual(none);
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
