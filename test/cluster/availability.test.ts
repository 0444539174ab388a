import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { labImage } from '../../lab/images/catalog.ts';
import { applyObjects, kubectl, listObjects } from '../../src/kubernetes/kubectl.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { untilPods, upgrade } from './support/scaling.ts';
import { cluster, livePods, namespace, upWith } from './support/service.ts';

const api = 'audio-processor';
const client = 'steady-client';

beforeAll(async () => {
  await upWith({ api: { scaling: { replicas: 2 } } });
});

/** A pod that sends requests to the API's Service, each over a new connection, as a client in the cluster does. */
async function startClient(): Promise<void> {
  const image = (await labImage('reference-app')).name;
  const script = await readFile(join(import.meta.dirname, 'support', 'steady_client.py'), 'utf8');
  const securityContext = {
    runAsNonRoot: true,
    runAsUser: 65534,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  };
  await applyObjects(cluster(), [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: client, namespace },
      spec: {
        restartPolicy: 'Never',
        terminationGracePeriodSeconds: 0,
        automountServiceAccountToken: false,
        containers: [
          {
            name: client,
            image,
            command: ['python3', '-c', script, 'http://audio-processor-service:8000/', '2000', '/tmp/enough'],
            securityContext,
            resources: { requests: { cpu: '50m', memory: '32Mi' }, limits: { memory: '128Mi' } },
            volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
          },
        ],
        volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '1Mi' } }],
      },
    },
  ]);
}

/** The last line that the client has printed. */
async function counted(): Promise<{
  readonly requests: number;
  readonly failed: readonly string[];
  readonly done: boolean;
}> {
  const { stdout } = await kubectl(cluster(), ['logs', client, '--tail=1', '--namespace', namespace]);
  return JSON.parse(stdout) as { requests: number; failed: readonly string[]; done: boolean };
}

const until = (what: string, condition: (now: Awaited<ReturnType<typeof counted>>) => boolean) =>
  waitFor(
    what,
    async () => {
      const now = await counted();
      return condition(now)
        ? { value: now }
        : { observed: `${now.requests} requests, ${now.failed.length} failed` };
    },
    { deadlineMs: 180_000, everyMs: 500 },
  );

describe('a rollout of the API', () => {
  it('answers every one of 2,000 requests', async () => {
    await startClient();
    try {
      await until('the first requests', ({ requests }) => requests > 100);
      const before = await livePods('api');
      await upgrade({ api: { podAnnotations: { 'example.com/rollout': 'now' } } });
      await waitFor(
        'the old pods to be deleted',
        async () => {
          const names = (await listObjects(cluster(), 'pods', namespace)).map(
            ({ metadata }) => metadata.name,
          );
          const left = before.map(({ metadata }) => metadata.name).filter((name) => names.includes(name));
          return left.length === 0 ? { value: true } : { observed: left.join(', ') };
        },
        { deadlineMs: 120_000, everyMs: 500 },
      );
      await kubectl(cluster(), ['exec', client, '--namespace', namespace, '--', 'touch', '/tmp/enough']);
      const { requests, failed } = await until('2,000 requests', ({ done }) => done);
      expect(failed).toEqual([]);
      expect(requests).toBeGreaterThanOrEqual(2000);
    } finally {
      await kubectl(cluster(), ['delete', 'pod', client, '--namespace', namespace, '--ignore-not-found']);
    }
  });
});

describe('a drain', () => {
  const evict = async (pod: string) => {
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod, namespace } };
    const path = `/api/v1/namespaces/${namespace}/pods/${pod}/eviction`;
    const input = JSON.stringify(eviction);
    return kubectl(cluster(), ['create', '--raw', path, '--filename', '-'], { input });
  };

  it('takes one pod of the API, and the next only when the first is replaced', async () => {
    await untilPods(api, 'both pods', ({ ready }) => ready === 2, 120_000);
    const [first, second] = await livePods('api');
    await evict(first?.metadata.name ?? '');
    await expect(evict(second?.metadata.name ?? '')).rejects.toThrow(/disruption budget/);
    await waitFor(
      'the second pod to be allowed to go',
      async () => {
        await evict(second?.metadata.name ?? '');
        return { value: true };
      },
      { deadlineMs: 120_000, everyMs: 1000 },
    );
    await untilPods(api, 'both pods again', ({ ready }) => ready === 2, 120_000);
  });
});

describe('a broken image', () => {
  it('ends the upgrade after the time for pull and start, although tasks may run for two hours', async () => {
    const budget = {
      image: { pullBudget: '10s' },
      workers: { defaults: { probes: { startup: { failures: 2 } } } },
    };
    const broken = { workers: { pools: { cpu: { taskLimit: '2h', image: { tag: 'is-not-there' } } } } };
    const begun = Date.now();
    await expect(upgrade({ ...budget, workers: { ...budget.workers, ...broken.workers } })).rejects.toThrow(
      /audio-worker.*(progress deadline|Failed)/i,
    );
    // 10 s of pull and 2 × 5 s of start; upgrade() itself would wait 240 s.
    expect((Date.now() - begun) / 1000).toBeLessThan(120);
  });
});
