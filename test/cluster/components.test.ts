import { beforeAll, describe, expect, it } from 'vitest';
import { mainProcess } from '../../checks/cluster/processes.ts';
import { withForward } from '../../src/deploy/forward.ts';
import { readSecret } from '../../src/deploy/secrets.ts';
import { getObject, kubectl, listObjects } from '../../src/kubernetes/kubectl.ts';
import type { KubernetesObject } from '../../src/kubernetes/object.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { commandsFor } from '../support/documented-commands.ts';
import { cluster, livePods, namespace, upWith } from './support/service.ts';

/** The application's own task, every two seconds instead of every minute; the rest is the chart's own command. */
const schedule = { fast: { task: 'src.celery_app.health_check_task', schedule: 2 } };
const values = {
  flower: { enabled: true },
  beat: {
    command: [
      ...['celery', '-A', 'src.celery_app', 'beat', '--schedule', '/work/celerybeat-schedule', '--pidfile='],
      ...['--max-interval=1', '--loglevel=info', '--', `beat.schedule=(dict)${JSON.stringify(schedule)}`],
    ],
    grace: '1s',
    probes: { liveness: { period: '2s', failures: 2 } },
  },
};

beforeAll(async () => {
  await upWith(values);
});

interface PodStatus {
  readonly containerStatuses?: readonly {
    readonly restartCount: number;
    readonly ready: boolean;
    readonly state: { readonly waiting?: { readonly reason: string; readonly message?: string } };
  }[];
}

/** The one pod of a component, with the status of its one container. */
async function podOf(component: 'beat' | 'flower') {
  const [pod, ...more] = await livePods(component);
  expect(more).toEqual([]);
  const [container] = (pod?.status as PodStatus | undefined)?.containerStatuses ?? [];
  return { pod: pod as KubernetesObject, container };
}

async function logs(workload: string, container: string, since: Date): Promise<string> {
  const from = ['--namespace', namespace, '--container', container, '--since-time', since.toISOString()];
  return (await kubectl(cluster(), ['logs', workload, ...from])).stdout;
}

/** Waits until beat's task, sent after this moment, was taken from its queue and done. */
async function untilConsumed(since: Date, deadlineMs: number): Promise<void> {
  const done = /Task src\.celery_app\.health_check_task\[[-0-9a-f]+\] succeeded/;
  await waitFor(
    'a task of beat to be done by a worker',
    async () => {
      const text = await logs('deployment/audio-worker', 'audio-worker', since);
      return done.test(text) ? { value: undefined } : { observed: text.slice(-500) || 'an empty log' };
    },
    { deadlineMs, everyMs: 500 },
  );
}

describe('beat', () => {
  it('has its task consumed from system_queue', async () => {
    await untilConsumed(new Date(), 60_000);
    const { stdout } = await kubectl(cluster(), [
      ...['exec', 'redis-0', '--namespace', namespace, '--'],
      ...['valkey-cli', '--no-auth-warning', 'llen', 'system_queue'],
    ]);
    expect(Number(stdout)).toBeLessThan(5);
  });

  it('lives through an outage of the broker, and sends again', async () => {
    const scale = (replicas: number) =>
      kubectl(cluster(), ['scale', 'statefulset/redis', '--namespace', namespace, `--replicas=${replicas}`]);
    const before = (await podOf('beat')).container?.restartCount;
    await scale(0);
    const since = new Date();
    try {
      await waitFor(
        'beat to fail to send',
        async () => {
          const text = await logs('deployment/audio-beat', 'audio-beat', since);
          return text.includes('Message Error') ? { value: undefined } : { observed: text.slice(-500) };
        },
        { deadlineMs: 90_000, everyMs: 500 },
      );
    } finally {
      await scale(1);
    }
    await untilConsumed(new Date(), 90_000);
    expect((await podOf('beat')).container?.restartCount).toBe(before);
  });

  it('is restarted when it is frozen and its heartbeat has grown old', async () => {
    const { pod, container } = await podOf('beat');
    process.kill(await mainProcess(pod.metadata.uid ?? '', 'celery'), 'SIGSTOP');
    // Instead of five minutes of waiting.
    const age = "touch -d '10 minutes ago' /health/heartbeat";
    await kubectl(cluster(), ['exec', pod.metadata.name, '--namespace', namespace, '--', 'sh', '-c', age]);
    await waitFor(
      'the restart of beat',
      async () => {
        const { container: now } = await podOf('beat');
        const restarts = (now?.restartCount ?? 0) - (container?.restartCount ?? 0);
        return restarts === 1 && now?.ready ? { value: undefined } : { observed: `${restarts} restarts` };
      },
      { deadlineMs: 90_000, everyMs: 500 },
    );
    await untilConsumed(new Date(), 60_000);
  });
});

describe('Flower', () => {
  const target = { namespace, resource: 'service/flower-service', port: 5555 };

  it('opens below its prefix to those with credentials only, and sees the workers', async () => {
    const { FLOWER_BASIC_AUTH = '' } = await readSecret(cluster(), namespace, 'ml-service-secrets');
    const headers = { authorization: `Basic ${Buffer.from(FLOWER_BASIC_AUTH).toString('base64')}` };
    await withForward(cluster(), target, async (url) => {
      const status = async (path: string, init: RequestInit = {}) => (await fetch(url + path, init)).status;
      for (const path of ['/flower/', '/flower/tasks', '/flower/api/workers']) {
        expect(await status(path), path).toBe(401);
        expect(await status(path, { headers }), path).toBe(200);
      }
      expect(await status('/flower/', { headers: { authorization: 'Basic Og==' } })).toBe(401);
      expect(await status('/flower/healthcheck')).toBe(200);
      expect(await status('/')).toBe(404);
      const workers = await fetch(`${url}/flower/api/workers?refresh=1`, { headers });
      expect(Object.keys((await workers.json()) as object).join()).toContain('cpu@audio-worker-');
    });
  });

  it('is reached by the documented command', async () => {
    const [forward] = await commandsFor('docs/components.md', 'test/cluster/components.test.ts');
    expect(forward).toBe(
      `kubectl --namespace ${target.namespace} port-forward ${target.resource} 5555:${target.port}\n`,
    );
  });

  it('waits for a key that its Secret lacks, and its pod names the key; it starts when the key is there', async () => {
    const secret = ['secret', 'ml-service-secrets', '--namespace', namespace];
    const patch = (operation: object) =>
      kubectl(cluster(), ['patch', ...secret, '--type=json', '--patch', JSON.stringify([operation])]);
    const path = '/data/FLOWER_BASIC_AUTH';
    const object = await getObject(cluster(), 'secret', 'ml-service-secrets', namespace);
    const { FLOWER_BASIC_AUTH: value } = (object?.data ?? {}) as Readonly<Record<string, string>>;
    const { pod: old } = await podOf('flower');
    await patch({ op: 'remove', path });
    try {
      await kubectl(cluster(), ['delete', 'pod', old.metadata.name, '--namespace', namespace]);
      const message = "couldn't find key FLOWER_BASIC_AUTH in Secret ml-service/ml-service-secrets";
      const pod = await waitFor(
        'the pod to name the key',
        async () => {
          const { pod: now, container } = await podOf('flower');
          const { waiting } = container?.state ?? {};
          const observed = `${waiting?.reason}: ${waiting?.message}`;
          return observed === `CreateContainerConfigError: ${message}` ? { value: now } : { observed };
        },
        { deadlineMs: 60_000, everyMs: 500 },
      );
      const events = await listObjects(cluster(), 'events', namespace);
      const own = events.filter(
        (event) => (event.involvedObject as { uid?: string }).uid === pod.metadata.uid,
      );
      expect(own.map((event) => event.message).join('\n')).toContain(message);
    } finally {
      await patch({ op: 'add', path, value });
    }
    await waitFor(
      'Flower to start with the key',
      async () => {
        const { container } = await podOf('flower');
        return container?.ready ? { value: undefined } : { observed: JSON.stringify(container?.state) };
      },
      { deadlineMs: 90_000, everyMs: 500 },
    );
  });
});
