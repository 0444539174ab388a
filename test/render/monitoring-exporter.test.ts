import { describe, expect, test } from 'vitest';
import { brokerSection } from '../../src/schema/broker.ts';
import { mergeValues, type ValueMap } from '../../src/values/merge.ts';
import { envOf, overlay, render } from './support.ts';

const watched = { monitoring: { operator: { enabled: true } } };
const external = (more: object = {}, exporter: object = {}) => ({
  monitoring: { ...watched.monitoring, brokerExporter: exporter },
  broker: { mode: 'external', external: more },
});

async function envUnder(values: object, valuesFiles: readonly string[] = []) {
  const rendered = await render({ values: mergeValues(watched, [values as ValueMap]), valuesFiles });
  return envOf(rendered.container('redis-exporter'));
}

const keysUnder = async (values: object, valuesFiles: readonly string[] = []) =>
  ((await envUnder(values, valuesFiles)).REDIS_EXPORTER_CHECK_SINGLE_KEYS ?? '').split(',');

/** Section 4 of the application's contract: every queue that it publishes to. */
const contract = [
  'async_audio_queue',
  'async_batch_queue',
  'async_gpu_queue',
  'audio_queue',
  'celery',
  'gpu_queue',
  'system_queue',
];

/** kombu keeps tasks with a priority in lists beside the queue's own; the exporter reads keys as parts of a URL. */
const withPriorities = (queue: string) =>
  ['', '%06%163', '%06%166', '%06%169'].map((priority) => `db0=${queue}${priority}`);

describe('the exporter of the broker', () => {
  test('is not there as long as nobody watches, or when it is switched off', async () => {
    for (const values of [
      {},
      { monitoring: { ...watched.monitoring, brokerExporter: { enabled: false } } },
    ]) {
      const names = (await render({ values })).workloads.map(({ metadata }) => metadata.name);
      expect(names).not.toContain('redis-exporter');
    }
  });

  test('measures the seven queues of the application, and what each pool holds and gave up', async () => {
    expect(Object.keys(brokerSection.properties?.watchedQueues?.default ?? {}).sort()).toEqual(contract);
    expect(await keysUnder({})).toEqual([
      ...contract.flatMap(withPriorities),
      'db0=unacked:cpu',
      'db0=dead:audio_queue',
      'db0=dead:celery',
      'db0=dead:system_queue',
    ]);
  });

  test('follows pools and watched queues, each key once', async () => {
    const keys = await keysUnder({ broker: { watchedQueues: { mine: {}, gpu_queue: null } } }, [
      overlay('third-pool'),
    ]);
    expect(keys).toEqual(
      expect.arrayContaining(['db0=mine', 'db0=unacked:speech', 'db0=dead:async_gpu_queue']),
    );
    expect(keys).not.toContain('db0=gpu_queue');
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('leaves the broker alone, whatever it watches', async () => {
    const pod = async (values: object) => (await render({ values })).workload('redis').spec.template;
    const plain = await pod({});
    expect(await pod(watched)).toEqual(plain);
    expect(await pod({ ...watched, broker: { watchedQueues: { mine: {} } } })).toEqual(plain);
  });

  test('takes the password, and nothing else, of the embedded broker', async () => {
    expect(await envUnder({})).toMatchObject({
      REDIS_ADDR: 'redis://redis-service:6379',
      REDIS_PASSWORD: 'ml-service-secrets/REDIS_PASSWORD',
    });
  });

  test('takes the URL of an external broker, its database and its certificates', async () => {
    const tls = { enabled: true, ca: { secret: 'ca' }, clientCertificate: { secret: 'mine' } };
    const values = external({ database: 3, tls });
    expect(await envUnder(values)).toEqual({
      REDIS_ADDR: 'ml-service-secrets/CELERY_BROKER_URL',
      REDIS_EXPORTER_CHECK_SINGLE_KEYS: expect.stringMatching(/^(db3=[\w.:%-]+,)+db3=[\w.:%-]+$/),
      REDIS_EXPORTER_CONNECTION_TIMEOUT: '5s',
      REDIS_EXPORTER_LOG_FORMAT: 'json',
      REDIS_EXPORTER_TLS_CA_CERT_FILE: '/etc/audio-processor-broker/ca.crt',
      REDIS_EXPORTER_TLS_CLIENT_CERT_FILE: '/etc/audio-processor-broker/tls.crt',
      REDIS_EXPORTER_TLS_CLIENT_KEY_FILE: '/etc/audio-processor-broker/tls.key',
    });
  });

  test('accepts another address with the password beside it', async () => {
    const values = external({ sentinel: { masterName: 'main' } }, { address: 'redis://master:6379' });
    expect(await envUnder(values)).toMatchObject({
      REDIS_ADDR: 'redis://master:6379',
      REDIS_PASSWORD: 'ml-service-secrets/REDIS_PASSWORD',
    });
  });
});
