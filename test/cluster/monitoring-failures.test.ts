import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withInbox } from '../../checks/alerts/inbox.ts';
import { nodeExec } from '../../lab/cluster/node-process.ts';
import { withForward } from '../../src/deploy/forward.ts';
import { readSecret } from '../../src/deploy/secrets.ts';
import { getObject, kubectl, listObjects } from '../../src/kubernetes/kubectl.ts';
import type { KubernetesObject } from '../../src/kubernetes/object.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { withPrometheus } from './support/prometheus.ts';
import { cluster, labInstance, namespace, upWith } from './support/service.ts';

const secret = 'monitoring-secrets';
const key = 'ALERTMANAGER_HEARTBEAT_URL';
const watched = {
  global: { monitoring: { scrapeInterval: '2s' } },
  prometheus: { evaluationInterval: '2s', persistence: { enabled: true, size: '1Gi' } },
  alertmanager: {
    groupInterval: '5s',
    notifications: { heartbeat: { enabled: true, interval: '5s' } },
  },
};

let url: string;

beforeAll(async () => {
  await upWith(watched);
  const { [key]: found = '' } = await readSecret(cluster(), namespace, secret);
  url = found;
});

afterAll(async () => {
  await setUrl(url);
  await upWith({});
});

async function podOf(server: 'prometheus' | 'alertmanager'): Promise<KubernetesObject> {
  const pods = await listObjects(cluster(), 'pods', namespace, `app.kubernetes.io/component=${server}`);
  const [pod] = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  if (pod === undefined) throw new Error(`no pod of ${server}`);
  return pod;
}

const uidOf = async (server: 'prometheus' | 'alertmanager') => (await podOf(server)).metadata.uid;

const isReady = (pod: KubernetesObject) =>
  (pod.status as { conditions?: { type: string; status: string }[] }).conditions?.some(
    ({ type, status }) => type === 'Ready' && status === 'True',
  ) ?? false;

/** Deletes the pod of a server; gives its uid. */
async function lose(server: 'prometheus' | 'alertmanager'): Promise<unknown> {
  const { name, uid } = (await podOf(server)).metadata;
  await kubectl(cluster(), ['delete', 'pod', name, '--namespace', namespace]);
  return uid;
}

/** Waits for a pod other than the one of this uid to be Ready. */
async function untilReplaced(server: 'prometheus' | 'alertmanager', uid: unknown): Promise<void> {
  await waitFor(
    `a new pod of ${server} to be Ready`,
    async () => {
      const pod = await podOf(server);
      return pod.metadata.uid !== uid && isReady(pod)
        ? { value: true }
        : { observed: `${pod.metadata.name}: ${JSON.stringify(pod.status)}` };
    },
    { deadlineMs: 180_000, everyMs: 1000 },
  );
}

/** Sets the address of the heartbeat; undefined takes the key away. */
async function setUrl(value: string | undefined): Promise<void> {
  const data = value === undefined ? null : Buffer.from(value).toString('base64');
  const patch = JSON.stringify({ data: { [key]: data } });
  await kubectl(cluster(), [
    'patch',
    'secret',
    secret,
    '--namespace',
    namespace,
    '--type',
    'merge',
    '--patch',
    patch,
  ]);
}

/** Sum of a counter of a server, over those of its series whose labels hold a text. */
async function counted(server: 'prometheus' | 'alertmanager', metric: string, labels = ''): Promise<number> {
  const ports = { prometheus: 9090, alertmanager: 9093 };
  const service = { namespace, resource: `service/${server}-service`, port: ports[server] };
  return withForward(cluster(), service, async (at) => {
    const answer = await fetch(`${at}/${server}/metrics`, { signal: AbortSignal.timeout(10_000) });
    const lines = (await answer.text()).split('\n').filter((line) => {
      return line.startsWith(metric) && line.includes(labels);
    });
    return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  });
}

/** Notifications to a webhook that Alertmanager counted as failed. */
const failed = () =>
  counted('alertmanager', 'alertmanager_notifications_failed_total', 'integration="webhook"');

/** Where the lab's node keeps what a claim holds. */
async function folderOfClaim(claim: string): Promise<string> {
  const found = await getObject(cluster(), 'pvc', claim, namespace);
  const { volumeName = '' } = (found?.spec ?? {}) as { readonly volumeName?: string };
  const volume = await getObject(cluster(), 'pv', volumeName);
  const { hostPath, local } = (volume?.spec ?? {}) as Readonly<
    Record<'hostPath' | 'local', { readonly path: string } | undefined>
  >;
  const path = hostPath?.path ?? local?.path;
  if (path === undefined) throw new Error(`${claim} has no folder`);
  return path;
}

/** Sets the number of pods of Prometheus, and waits until they are Ready, or deleted. */
async function scalePrometheus(replicas: 0 | 1): Promise<void> {
  await kubectl(cluster(), [
    'scale',
    'deployment/prometheus',
    '--namespace',
    namespace,
    `--replicas=${replicas}`,
  ]);
  await waitFor(
    `${replicas} pods of Prometheus`,
    async () => {
      const pods = await listObjects(cluster(), 'pods', namespace, 'app.kubernetes.io/component=prometheus');
      const right = pods.length === replicas && pods.every(isReady);
      return right ? { value: true } : { observed: JSON.stringify(pods.map(({ status }) => status)) };
    },
    { deadlineMs: 120_000, everyMs: 1000 },
  );
}

/** Waits for a heartbeat that is newer than now. */
async function untilHeard(): Promise<void> {
  const since = Date.now();
  await withInbox(cluster(), (read) =>
    waitFor(
      'a heartbeat at the webhook',
      async () => {
        const heard = (await read()).filter(
          ({ at, labels }) => at > since && labels.alertname === 'Watchdog',
        );
        return heard.length > 0 ? { value: true } : { observed: 'none' };
      },
      { deadlineMs: 150_000, everyMs: 1000 },
    ),
  );
}

describe('Prometheus', () => {
  it('loads a changed threshold without a restart', async () => {
    const uid = await uidOf('prometheus');
    await upWith({ ...watched, monitoring: { alerts: { TaskQueueBacklog: { threshold: 4321 } } } });
    await withPrometheus(cluster(), namespace, (prometheus) =>
      waitFor(
        'the rule with the new threshold',
        async () => {
          const rule = (await prometheus.rules()).find(({ name }) => name === 'TaskQueueBacklog');
          return rule?.query.includes('4321') ? { value: true } : { observed: rule?.query ?? 'no rule' };
        },
        { deadlineMs: 180_000, everyMs: 2000 },
      ),
    );
    expect(await uidOf('prometheus')).toBe(uid);
  });

  it('keeps its samples and evaluates on when its pod is lost', async () => {
    const first = await withPrometheus(cluster(), namespace, async (prometheus) => {
      const [oldest] = await prometheus.query('min(min_over_time(timestamp(up{job="audio-api"})[1h:10s]))');
      return oldest?.value ?? Number.NaN;
    });
    const uid = await lose('prometheus');
    await untilReplaced('prometheus', uid);
    await withPrometheus(cluster(), namespace, async (prometheus) => {
      const [oldest] = await prometheus.query('min(min_over_time(timestamp(up{job="audio-api"})[1h:10s]))');
      expect(oldest?.value).toBeLessThanOrEqual(first + 10);
      const rules = await prometheus.rules();
      expect(rules.filter(({ health }) => health === 'err')).toEqual([]);
    });
  });
});

describe('Prometheus with a full claim', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await folderOfClaim('prometheus-data');
    await scalePrometheus(0);
    // A claim of the lab is a folder on the machine's disk, which no test may fill.
    const options = `size=48m,mode=0770,uid=65534,gid=65534`;
    await nodeExec(labInstance(), ['/bin/mount', '-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
    await scalePrometheus(1);
  });

  afterAll(async () => {
    await scalePrometheus(0);
    await nodeExec(labInstance(), ['/bin/umount', folder]);
    await scalePrometheus(1);
  });

  it('stays Ready, counts what it could not write, and the heartbeat continues', async () => {
    const before = await counted('prometheus', 'prometheus_tsdb_wal_writes_failed_total');
    await nodeExec(labInstance(), ['/bin/sh', '-c', `cat /dev/zero > ${folder}/filler || true`]);
    await waitFor(
      'a failed write to be counted',
      async () => {
        const now = await counted('prometheus', 'prometheus_tsdb_wal_writes_failed_total');
        return now > before ? { value: true } : { observed: `${now}` };
      },
      { deadlineMs: 60_000, everyMs: 1000 },
    );
    await untilHeard();
    expect(isReady(await podOf('prometheus'))).toBe(true);
  });

  it('writes again as soon as there is room, without a restart', async () => {
    const uid = await uidOf('prometheus');
    await nodeExec(labInstance(), ['/bin/rm', `${folder}/filler`]);
    await withPrometheus(cluster(), namespace, (prometheus) =>
      waitFor(
        'a sample of the last ten seconds',
        async () => {
          const [sample] = await prometheus.query('time() - max(timestamp(up{job="audio-api"}))');
          const age = sample?.value ?? Number.POSITIVE_INFINITY;
          return age < 10 ? { value: true } : { observed: `${age} s` };
        },
        { deadlineMs: 60_000, everyMs: 1000 },
      ),
    );
    expect(await uidOf('prometheus')).toBe(uid);
  });
});

describe('Alertmanager', () => {
  it('notifies the receiver', async () => {
    await untilHeard();
  });

  it('counts what a wrong address did not accept, stays Ready, and notifies again with the right one, without a restart', async () => {
    const uid = await uidOf('alertmanager');
    const before = await failed();
    await setUrl(`${url}/nowhere`);
    await waitFor(
      'a failed notification to be counted',
      async () => {
        const now = await failed();
        return now > before ? { value: now } : { observed: `${now}` };
      },
      { deadlineMs: 180_000, everyMs: 2000 },
    );
    expect(isReady(await podOf('alertmanager'))).toBe(true);
    await setUrl(url);
    await untilHeard();
    expect(await uidOf('alertmanager')).toBe(uid);
  });

  it('whose Secret lost a key continues; the next pod waits for the key, with an event, and starts when it exists', async () => {
    await setUrl(undefined);
    await untilHeard();
    const uid = await lose('alertmanager');
    await waitFor(
      'an event that names the key',
      async () => {
        const { stdout } = await kubectl(cluster(), [
          'get',
          'events',
          '--namespace',
          namespace,
          '--field-selector',
          'reason=FailedMount',
          '--output',
          'jsonpath={.items[*].message}',
        ]);
        return stdout.includes(key) ? { value: true } : { observed: stdout || 'no event' };
      },
      { deadlineMs: 120_000, everyMs: 1000 },
    );
    await setUrl(url);
    await untilReplaced('alertmanager', uid);
    await untilHeard();
  });
});
