import { describe, expect, test } from 'vitest';
import { type CommandError, run } from '../../src/process/run.ts';
import { envOf, render } from './support.ts';

describe('the embedded broker', () => {
  const configuration = async (broker: object = {}) => {
    const { configMaps } = await render({ values: { broker } });
    return configMaps.find(({ metadata }) => metadata.name === 'redis-config')?.data['valkey.conf'] ?? '';
  };

  test('writes its journal and evicts nothing', async () => {
    expect((await configuration()).split('\n')).toEqual(
      expect.arrayContaining(['appendonly yes', 'appendfsync everysec', 'maxmemory-policy noeviction']),
    );
  });

  test.each([
    ['1Gi', 60, 644245094],
    ['1500M', 50, 750000000],
    ['0.5Gi', 60, 322122547],
    [4294967296, 25, 1073741824],
  ])('limits its data: %s memory at %i %% is maxmemory %i', async (memory, maxmemoryPercent, maxmemory) => {
    const text = await configuration({ maxmemoryPercent, resources: { limits: { memory } } });
    expect(text.split('\n')).toContain(`maxmemory ${maxmemory}`);
  });

  test('never takes more than 60 %', async () => {
    await expect(configuration({ maxmemoryPercent: 61 })).rejects.toThrow(/maxmemoryPercent/);
  });

  test('gets its password from the environment on standard input, never as an argument or in a file', async () => {
    const rendered = await render();
    const container = rendered.container('redis');
    expect(envOf(container)).toEqual({
      REDIS_PASSWORD: 'ml-service-secrets/REDIS_PASSWORD',
      REDISCLI_AUTH: 'ml-service-secrets/REDIS_PASSWORD',
    });
    const script = container.command.at(-1) ?? '';
    expect(script).toMatch(
      /exec valkey-server \/etc\/valkey\/valkey\.conf - <<EOF\nrequirepass "\$REDIS_PASSWORD"/,
    );
    expect(await configuration()).not.toMatch(/requirepass/);
    for (const probe of [container.startupProbe, container.readinessProbe, container.livenessProbe]) {
      expect(probe.exec?.command).toEqual(['valkey-cli', '-h', '127.0.0.1', '-e', 'ping']);
    }
  });

  describe('with a password', () => {
    const start = async (REDIS_PASSWORD: string) => {
      const script = (await render()).container('redis').command.at(-1) ?? '';
      const server = 'valkey-server /etc/valkey/valkey.conf -';
      expect(script).toContain(server);
      return run('sh', ['-ec', script.replace(server, 'cat')], {
        timeoutMs: 10_000,
        env: { REDIS_PASSWORD },
      });
    };

    test('that a URL takes as it is, hands it to the server on standard input', async () => {
      expect((await start('abc-_.~09')).stdout.trim()).toBe('requirepass "abc-_.~09"');
    });

    test.each([
      ['', 'the key of the Secret is empty'],
      ['with/slash', 'becomes part of a URL'],
      ['with"quote', 'becomes part of a URL'],
      ['with\nline', 'becomes part of a URL'],
    ])('of %j does not, and gets an error that does not contain it', async (password, message) => {
      const stderr = await start(password).then(
        () => 'it started',
        (error: CommandError) => error.stderr,
      );
      expect(stderr).toContain(message);
      if (password !== '') expect(stderr).not.toContain(password);
    });
  });

  test('is replaced by a rollback even where its pod never became Ready', async () => {
    const { workload } = await render();
    expect(workload('redis').spec).toMatchObject({ podManagementPolicy: 'Parallel' });
  });

  test('keeps its claim at uninstall, and needs none without persistence', async () => {
    const claims = async (persistence: object) =>
      (await render({ values: { broker: { persistence } } })).objects.filter(
        ({ kind }) => kind === 'PersistentVolumeClaim',
      );
    expect(await claims({ storageClass: 'fast' })).toMatchObject([
      {
        metadata: { name: 'redis-data', annotations: { 'helm.sh/resource-policy': 'keep' } },
        spec: { storageClassName: 'fast', resources: { requests: { storage: '8Gi' } } },
      },
    ]);
    expect(await claims({ enabled: false, size: '64Mi' })).toEqual([]);
    expect(await claims({ existingClaim: 'mine' })).toEqual([]);
    const { workload } = await render({ values: { broker: { persistence: { existingClaim: 'mine' } } } });
    expect(workload('redis').spec.template.spec.volumes).toContainEqual({
      name: 'data',
      persistentVolumeClaim: { claimName: 'mine' },
    });
  });
});

describe('an external broker', () => {
  const clients = ['audio-processor', 'audio-worker', 'audio-beat', 'flower'];
  const external = (settings: object) =>
    render({ values: { flower: { enabled: true }, broker: { mode: 'external', external: settings } } });

  test('leaves no trace of the embedded one; both URLs come from the Secret, for every client', async () => {
    const { objects, container } = await external({});
    expect(objects.map(({ metadata }) => metadata.name).filter((name) => name.includes('redis'))).toEqual([]);
    for (const name of clients) {
      const env = envOf(container(name));
      expect(env).toMatchObject({
        CELERY_BROKER_URL: 'ml-service-secrets/CELERY_BROKER_URL',
        CELERY_RESULT_BACKEND: 'ml-service-secrets/CELERY_RESULT_BACKEND',
      });
      expect(env).not.toHaveProperty('REDIS_PASSWORD');
      expect(Object.keys(env).filter((key) => key.startsWith('AUDIO_PROCESSOR_BROKER'))).toEqual([]);
    }
  });

  test('is verified by the authority and shown the certificate of the Secrets, in every client', async () => {
    const tls = {
      enabled: true,
      ca: { secret: 'ca', key: 'root.pem' },
      clientCertificate: { secret: 'own' },
    };
    const { container, workload } = await external({ tls });
    for (const name of clients) {
      expect(envOf(container(name))).toMatchObject({
        AUDIO_PROCESSOR_BROKER_TLS: 'true',
        AUDIO_PROCESSOR_BROKER_CHECK_HOSTNAME: 'true',
        AUDIO_PROCESSOR_BROKER_CA: '/etc/audio-processor-broker/ca.crt',
        AUDIO_PROCESSOR_BROKER_CERTIFICATE: '/etc/audio-processor-broker/tls.crt',
        AUDIO_PROCESSOR_BROKER_KEY: '/etc/audio-processor-broker/tls.key',
      });
      expect(container(name).volumeMounts).toContainEqual(
        expect.objectContaining({ name: 'broker-tls', mountPath: '/etc/audio-processor-broker' }),
      );
      expect(workload(name).spec.template.spec.volumes).toContainEqual({
        name: 'broker-tls',
        projected: {
          sources: [
            { secret: { name: 'ca', items: [{ key: 'root.pem', path: 'ca.crt' }] } },
            {
              secret: {
                name: 'own',
                items: ['tls.crt', 'tls.key'].map((key) => ({ key, path: key })),
              },
            },
          ],
        },
      });
    }
  });

  test('of a public authority needs no file', async () => {
    const { container } = await external({ tls: { enabled: true } });
    expect(envOf(container('audio-worker'))).not.toHaveProperty('AUDIO_PROCESSOR_BROKER_CA');
    expect(container('audio-worker').volumeMounts.map(({ name }) => name)).not.toContain('broker-tls');
  });

  test('behind Sentinels is found by the name of the master', async () => {
    const { container } = await external({ sentinel: { masterName: 'main', login: true } });
    for (const name of clients) {
      expect(envOf(container(name))).toMatchObject({
        AUDIO_PROCESSOR_BROKER_MASTER: 'main',
        AUDIO_PROCESSOR_BROKER_SENTINEL_LOGIN: 'true',
      });
    }
  });
});
