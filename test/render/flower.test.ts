import { describe, expect, test } from 'vitest';
import { renderChart } from '../../src/chart/helm.ts';
import { type CommandError, run } from '../../src/process/run.ts';
import { envOf, notes, overlay, render } from './support.ts';

const on = { values: { flower: { enabled: true } } };

describe('Flower', () => {
  test('is off in the defaults', async () => {
    const names = (await renderChart()).map(({ metadata }) => metadata.name);
    expect(names.filter((name) => name.includes('flower'))).toEqual([]);
  });

  test('has its credentials from the Secret, nothing of S3, and none of the application’s settings', async () => {
    const { container } = await render({
      values: { ...on.values, app: { env: { EXTRACTOR_TIMEOUT: '600' } } },
    });
    const flower = container('flower');
    expect(envOf(flower)).toEqual({
      AUDIO_PROCESSOR_VISIBILITY_TIMEOUT: '5400',
      CELERY_BROKER_URL: 'redis://:$(REDIS_PASSWORD)@redis-service:6379/0',
      CELERY_CONFIG_MODULE: 'audio_processor_celery',
      CELERY_RESULT_BACKEND: 'redis://:$(REDIS_PASSWORD)@redis-service:6379/0',
      CUDA_VISIBLE_DEVICES: '',
      FLOWER_BASIC_AUTH: 'ml-service-secrets/FLOWER_BASIC_AUTH',
      FLOWER_MAX_TASKS: '10000',
      FLOWER_PORT: '5555',
      FLOWER_PURGE_OFFLINE_WORKERS: '3600',
      FLOWER_URL_PREFIX: 'flower',
      HOME: '/tmp',
      NVIDIA_VISIBLE_DEVICES: 'void',
      PYTHONPATH: '/etc/audio-processor',
      REDIS_PASSWORD: 'ml-service-secrets/REDIS_PASSWORD',
    });
    const auth = flower.env?.find(({ name }) => name === 'FLOWER_BASIC_AUTH');
    expect(auth?.valueFrom?.secretKeyRef.optional).toBeUndefined();
    expect(flower.envFrom).toBeUndefined();
  });

  test('imports no task: it runs without -A', async () => {
    const script = (await render(on)).container('flower').command.at(-1);
    expect(script).toMatch(/\nexec celery flower\n$/);
  });

  test('is probed below its prefix', async () => {
    const { container, services } = await render(on);
    const { startupProbe, readinessProbe, livenessProbe, env } = container('flower');
    const prefix = env?.find(({ name }) => name === 'FLOWER_URL_PREFIX')?.value;
    for (const { httpGet } of [startupProbe, readinessProbe, livenessProbe]) {
      expect(httpGet).toEqual({ path: `/${prefix}/healthcheck`, port: 'http' });
    }
    const service = services.find(({ metadata }) => metadata.name === 'flower-service');
    expect(service?.spec.ports).toEqual([{ name: 'http', port: 5555, targetPort: 'http' }]);
    expect(await notes(on)).toContain(`http://127.0.0.1:5555/${prefix}/`);
  });

  test('may run another image, which keeps the settings', async () => {
    const { container } = await render({ valuesFiles: [overlay('all-features')] });
    expect(container('flower').image).toBe('registry.example.com:5000/audio/audio-processor:v9.8.7-flower');
    expect(envOf(container('flower'))).toMatchObject({
      FLOWER_INSPECT_TIMEOUT: '5000',
      AUDIO_PROCESSOR_VISIBILITY_TIMEOUT: '10800',
    });
  });

  test('warns of what its version lets happen', async () => {
    expect(await notes(on)).toContain('CVE-2022-51020');
    expect(await notes({})).not.toContain('CVE-2022-51020');
  });

  describe('with credentials', () => {
    const start = async (FLOWER_BASIC_AUTH: string) => {
      const [shell = '', flags = '', script = ''] = (await render(on)).container('flower').command;
      expect(script).toContain('exec celery flower');
      return run(shell, [flags, script.replace('exec celery flower', 'echo started')], {
        timeoutMs: 10_000,
        env: { FLOWER_BASIC_AUTH },
      }).then(
        ({ stdout }) => stdout.trim(),
        (error: CommandError) => error.stderr.trim(),
      );
    };

    test.each(['user:password', 'user:pass:word', 'a:b,c:d', 'user:*'])('%s, starts', async (value) => {
      expect(await start(value)).toBe('started');
    });

    test.each(['', ',', ':', 'user', 'user:', ':password', 'a:b,c', 'a:b,,c:d', '*'])(
      'of %j, does not, and gets an error that does not contain them',
      async (value) => {
        const printed = await start(value);
        expect(printed).toBe(
          'FLOWER_BASIC_AUTH must be user:password, or several of them with commas between',
        );
      },
    );
  });
});
