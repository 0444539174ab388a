import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../src/chart/helm.ts';
import { podsOf } from './invariants/anatomy.ts';
import { type Container, envOf, render } from './support.ts';

const claim = { cache: { type: 'claim' } };
const prefetched = { ...claim, prefetch: { enabled: true, command: ['python3', '-c', 'import models'] } };
const models = (own: object, rest: object = {}) => render({ values: { models: own, ...rest } });

const readers = ['audio-processor', 'audio-worker'];
const cacheOf = ({ volumeMounts }: Container) => volumeMounts.find(({ name }) => name === 'cache');

describe('the model cache', () => {
  test('is a directory of each pod at first', async () => {
    const { workload, container, objects } = await render();
    for (const name of readers) {
      expect(workload(name).spec.template.spec.volumes).toContainEqual({
        name: 'cache',
        emptyDir: { sizeLimit: '2Gi' },
      });
      expect(cacheOf(container(name))).toEqual({ name: 'cache', mountPath: '/cache' });
    }
    expect(objects.map(({ metadata }) => metadata.name)).not.toContain('model-cache');
  });

  test('may be a claim of API and workers, which outlives the release', async () => {
    const { workload, objects } = await models({
      cache: { type: 'claim', size: '1Ti', storageClass: 'nfs' },
    });
    for (const name of readers) {
      expect(workload(name).spec.template.spec.volumes).toContainEqual({
        name: 'cache',
        persistentVolumeClaim: { claimName: 'model-cache' },
      });
    }
    expect(workload('audio-beat').spec.template.spec.volumes).toContainEqual({
      name: 'cache',
      emptyDir: { sizeLimit: '256Mi' },
    });
    expect(objects.find(({ metadata }) => metadata.name === 'model-cache')).toMatchObject({
      kind: 'PersistentVolumeClaim',
      metadata: { annotations: { 'helm.sh/resource-policy': 'keep' } },
      spec: {
        accessModes: ['ReadWriteMany'],
        storageClassName: 'nfs',
        resources: { requests: { storage: '1Ti' } },
      },
    });
  });

  test('may be an existing claim, read-only', async () => {
    const { workload, container, objects } = await models({
      cache: { type: 'claim', existingClaim: 'mine', readOnly: true },
    });
    for (const name of readers) {
      expect(workload(name).spec.template.spec.volumes).toContainEqual({
        name: 'cache',
        persistentVolumeClaim: { claimName: 'mine' },
      });
      expect(cacheOf(container(name))).toMatchObject({ readOnly: true });
      expect(envOf(container(name))).toMatchObject({ HF_MODULES_CACHE: '/tmp/huggingface-modules' });
    }
    expect(objects.filter(({ kind }) => kind === 'PersistentVolumeClaim')).toHaveLength(1);
  });

  test("no longer counts against the limit of the node's disk as a claim", async () => {
    const tight = { api: { resources: { limits: { 'ephemeral-storage': '2Gi' } } } };
    await expect(render({ values: tight })).rejects.toThrow('api.resources.limits.ephemeral-storage');
    expect((await models(claim, tight)).objects).not.toEqual([]);
  });

  test('is all that the libraries read when they are offline', async () => {
    const offline = { HF_HUB_OFFLINE: '1', TRANSFORMERS_OFFLINE: '1' };
    const { container } = await models({ ...claim, offline: true });
    for (const name of readers) expect(envOf(container(name))).toMatchObject(offline);
    const online = (await render()).container('audio-worker');
    for (const name of Object.keys(offline)) expect(envOf(online)).not.toHaveProperty(name);
  });

  test('may be a folder of the image', async () => {
    const { container } = await models({ offline: true }, { app: { env: { HF_HOME: '/opt/models' } } });
    expect(envOf(container('audio-worker'))).toMatchObject({ HF_HOME: '/opt/models', HF_HUB_OFFLINE: '1' });
  });
});

const jobOf = (objects: readonly Manifest[]) => {
  const [job] = objects.filter(({ kind }) => kind === 'Job');
  const [pod] = podsOf(objects).filter(({ owner }) => owner === `Job/${job?.metadata.name}`);
  const [container] = (pod?.spec.containers ?? []) as readonly (Container & {
    readonly args: readonly string[];
  })[];
  if (job === undefined || pod === undefined || container === undefined) throw new Error('no Job');
  return { job, pod, container, name: job.metadata.name, marker: container.command.at(-1) };
};

describe('the prefetch Job', () => {
  test("runs the user's command as it is, with the token and nothing else of the Secret", async () => {
    const { objects } = await models(prefetched);
    const { container, job, pod } = jobOf(objects);
    expect(container.args).toEqual(['python3', '-c', 'import models']);
    expect(container.image).toBe('audio-processor:v1.0.0');
    const env = envOf(container);
    expect(env).toMatchObject({
      HF_TOKEN: 'ml-service-secrets/HUGGINGFACE_TOKEN',
      HF_HOME: '/cache/huggingface',
      NVIDIA_VISIBLE_DEVICES: 'void',
    });
    expect(Object.values(env).filter((value) => value.startsWith('ml-service-secrets/'))).toHaveLength(1);
    expect(env).not.toHaveProperty('HF_HUB_OFFLINE');
    expect(job.spec).toMatchObject({ backoffLimit: 3, activeDeadlineSeconds: 3600 });
    // An object that is deleted when it is done would be created again by every upgrade.
    expect(job.spec).not.toHaveProperty('ttlSecondsAfterFinished');
    expect(pod.spec).toMatchObject({ restartPolicy: 'Never' });
  });

  test('writes although API and workers may not', async () => {
    const { objects, container } = await models({ ...prefetched, cache: { type: 'claim', readOnly: true } });
    expect(cacheOf(jobOf(objects).container)).toEqual({ name: 'cache', mountPath: '/cache' });
    expect(cacheOf(container('audio-worker'))).toMatchObject({ readOnly: true });
  });

  test('has another name whenever it is another Job, and only then', async () => {
    const own = prefetched.prefetch;
    const named = async (prefetch: object, rest: object = {}) =>
      jobOf((await models({ ...claim, prefetch: { ...own, ...prefetch } }, rest)).objects).name;
    const name = await named({});
    expect(name).toMatch(/^model-prefetch-[0-9a-f]{10}$/);
    const others = [
      await named({ command: ['true'] }),
      await named({ deadline: '2h' }),
      await named({ env: { A: 'b' } }),
      await named({}, { image: { tag: 'v2' } }),
      await named({}, { secrets: { revision: '2' } }),
      await named({}, { security: { podSecurityContext: { runAsUser: 1234 } } }),
    ];
    expect(new Set([name, ...others]).size).toBe(others.length + 1);
    expect(await named({}, { workers: { defaults: { logLevel: 'debug' } }, api: { grace: '90s' } })).toBe(
      name,
    );
  });

  test('is waited for by workers that are offline, and by their rollout', async () => {
    const { workload, objects } = await models({ ...prefetched, offline: true });
    const { marker } = jobOf(objects);
    expect(marker).toMatch(/^\/cache\/\.prefetched-[0-9a-f]{10}$/);
    const { spec } = workload('audio-worker');
    const [first] = (spec.template.spec as unknown as { initContainers: readonly Container[] })
      .initContainers;
    expect(first?.name).toBe('models');
    expect(first?.command.at(-1)).toBe(marker);
    expect(spec.progressDeadlineSeconds).toBe(600 + 3600);
    expect(JSON.stringify(workload('audio-processor'))).not.toContain(marker);
  });

  test('is not waited for where workers can fetch models themselves', async () => {
    const { workload } = await models(prefetched);
    const { spec } = workload('audio-worker');
    const init = (spec.template.spec as unknown as { initContainers: readonly Container[] }).initContainers;
    expect(init.map(({ name }) => name)).toEqual(['metrics']);
    expect(spec.progressDeadlineSeconds).toBe(600);
  });

  test('restarts no worker for more time or memory', async () => {
    const marked = async (prefetch: object) =>
      jobOf((await models({ ...claim, prefetch: { ...prefetched.prefetch, ...prefetch } })).objects).marker;
    const marker = await marked({});
    expect(await marked({ retries: 9, resources: { limits: { memory: '9Gi' } } })).toBe(marker);
    expect(await marked({ command: ['true'] })).not.toBe(marker);
  });
});
