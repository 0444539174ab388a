import { describe, expect, test } from 'vitest';
import { podsOf } from './invariants/anatomy.ts';
import { envOf, render } from './support.ts';

const partsOf = async (values: object, owner: string) => {
  const { objects } = await render({ values });
  const pod = podsOf(objects).find((one) => one.owner === owner);
  if (pod === undefined) throw new Error(`no ${owner}`);
  return pod;
};
const worker = 'Deployment/audio-worker';
const metrics = (own: object) => ({ workers: { defaults: { metrics: own } } });

describe('the metrics sidecar', () => {
  test("runs in the worker's image, starts before it, ends after it, and decides nothing", async () => {
    const { containers } = await partsOf({ workers: { pools: { cpu: { image: { tag: 'own' } } } } }, worker);
    const sidecar = containers.find(({ name }) => name === 'metrics');
    expect(sidecar).toMatchObject({
      image: 'audio-processor:own',
      restartPolicy: 'Always',
      command: ['python3', '/etc/audio-processor/sidecar.py', '/metrics', '9808'],
      ports: [{ name: 'metrics', containerPort: 9808 }],
      livenessProbe: { httpGet: { path: '/healthz', port: 'metrics' } },
    });
    expect(sidecar).not.toHaveProperty('readinessProbe');
    // The worker would wait for it.
    expect(sidecar).not.toHaveProperty('startupProbe');
  });

  test('reads what the worker writes in memory, and the API writes nowhere', async () => {
    const { containers, spec } = await partsOf(metrics({ size: '1Gi', port: 9999 }), worker);
    const [sidecar, own] = containers;
    expect(envOf(own ?? { env: [] })).toMatchObject({ PROMETHEUS_MULTIPROC_DIR: '/metrics' });
    expect(own?.volumeMounts).toContainEqual({ name: 'metrics', mountPath: '/metrics' });
    expect(sidecar?.volumeMounts).toContainEqual({ name: 'metrics', mountPath: '/metrics', readOnly: true });
    expect(sidecar?.command.at(-1)).toBe('9999');
    expect(spec.volumes).toContainEqual({
      name: 'metrics',
      emptyDir: { medium: 'Memory', sizeLimit: '1Gi' },
    });
    const api = await partsOf({}, 'Deployment/audio-processor');
    expect(envOf(api.spec.containers[0])).not.toHaveProperty('PROMETHEUS_MULTIPROC_DIR');
  });

  test('leaves nothing behind where it is switched off', async () => {
    const { containers, spec } = await partsOf(metrics({ enabled: false }), worker);
    expect(containers.map(({ name }) => name)).toEqual(['audio-worker']);
    expect(spec).not.toHaveProperty('initContainers');
    expect(spec.volumes.map(({ name }) => name)).not.toContain('metrics');
    expect(envOf(spec.containers[0])).not.toHaveProperty('PROMETHEUS_MULTIPROC_DIR');
  });
});

describe('an image that lacks the module of its `include`', () => {
  const file = 'async_unified_celery_tasks.py';

  test('gets it in worker and beat, where the code is, and nowhere else', async () => {
    const values = { app: { includeModule: true, codeDirectory: '/srv/app/' } };
    const mount = {
      name: 'mounted',
      mountPath: `/srv/app/src/${file}`,
      subPath: file,
      readOnly: true,
    };
    for (const owner of [worker, 'Deployment/audio-beat']) {
      expect((await partsOf(values, owner)).spec.containers[0].volumeMounts).toContainEqual(mount);
    }
    const api = await partsOf(values, 'Deployment/audio-processor');
    expect(JSON.stringify(api.spec.containers)).not.toContain(file);
    const { configMaps } = await render({ values });
    const mounted = configMaps.find(({ metadata }) => metadata.name === 'ml-service-mounted');
    expect(mounted?.data[file]).toContain('import src.unified_celery_tasks');
  });

  test('is no image that others have to care about', async () => {
    const { objects } = await render();
    expect(JSON.stringify(objects)).not.toContain(file);
  });
});

test('an image that writes where it may not gets a writable root, and loses no other hardening', async () => {
  const values = { security: { containerSecurityContext: { readOnlyRootFilesystem: false } } };
  const { objects } = await render({ values });
  const own = podsOf(objects).filter(({ owner }) => owner !== 'StatefulSet/redis');
  expect(own.length).toBeGreaterThan(2);
  for (const { securityContext } of own.flatMap(({ containers }) => containers)) {
    expect(securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: false,
      capabilities: { drop: ['ALL'] },
    });
  }
});
