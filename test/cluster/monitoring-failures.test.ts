import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withForward } from '../../src/deploy/forward.ts';
import { type KubernetesObject, kubectl, listObjects } from '../../src/deploy/kubectl.ts';
import { readSecret } from '../../src/deploy/secrets.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { withInbox } from '../alerts/inbox.ts';
import { withPrometheus } from './support/prometheus.ts';
import { cluster, namespace, upWith } from './support/service.ts';

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

/** Waits for a pod other than the one of this uid to be Ready. */
async function untilReplaced(server: 'prometheus' | 'alertmanager', uid: unknown): Promise<void> {
  await waitFor(
    `a new pod of ${server} to be Ready`,
    async () => {
      const pod = await podOf(server);
      return pod.metadata.uid !== uid && isReady(pod)
        ? { done: true }
        : { seen: `${pod.metadata.name}: ${JSON.stringify(pod.status)}` };
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

/** Notifications to a webhook that Alertmanager counted as failed. */
async function failed(): Promise<number> {
  const server = { namespace, resource: 'service/alertmanager-service', port: 9093 };
  return withForward(cluster(), server, async (at) => {
    const answer = await fetch(`${at}/alertmanager/metrics`, { signal: AbortSignal.timeout(10_000) });
    const lines = (await answer.text()).matchAll(
      /^alertmanager_notifications_failed_total\{integration="webhook",[^}]*\} (\S+)$/gm,
    );
    return [...lines].reduce((sum, [, value]) => sum + Number(value), 0);
  });
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
        return heard.length > 0 ? { done: true } : { seen: 'none' };
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
          return rule?.query.includes('4321') ? { done: true } : { seen: rule?.query ?? 'no rule' };
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
    const uid = await uidOf('prometheus');
    await kubectl(cluster(), [
      'delete',
      'pod',
      '--namespace',
      namespace,
      '--selector',
      'app.kubernetes.io/component=prometheus',
    ]);
    await untilReplaced('prometheus', uid);
    await withPrometheus(cluster(), namespace, async (prometheus) => {
      const [oldest] = await prometheus.query('min(min_over_time(timestamp(up{job="audio-api"})[1h:10s]))');
      expect(oldest?.value).toBeLessThanOrEqual(first + 10);
      const rules = await prometheus.rules();
      expect(rules.filter(({ health }) => health === 'err')).toEqual([]);
    });
  });
});

describe('Alertmanager', () => {
  it('tells whom it should', async () => {
    await untilHeard();
  });

  it('counts what a wrong address did not take, stays Ready, and tells again with the right one, without a restart', async () => {
    const uid = await uidOf('alertmanager');
    const before = await failed();
    await setUrl(`${url}/nowhere`);
    await waitFor(
      'a failed notification to be counted',
      async () => {
        const now = await failed();
        return now > before ? { done: now } : { seen: `${now}` };
      },
      { deadlineMs: 180_000, everyMs: 2000 },
    );
    expect(isReady(await podOf('alertmanager'))).toBe(true);
    await setUrl(url);
    await untilHeard();
    expect(await uidOf('alertmanager')).toBe(uid);
  });

  it('whose Secret lost a key goes on; the next pod waits for it, says so, and starts when it is there', async () => {
    await setUrl(undefined);
    await untilHeard();
    const uid = await uidOf('alertmanager');
    await kubectl(cluster(), [
      'delete',
      'pod',
      '--namespace',
      namespace,
      '--selector',
      'app.kubernetes.io/component=alertmanager',
    ]);
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
        return stdout.includes(key) ? { done: true } : { seen: stdout || 'no event' };
      },
      { deadlineMs: 120_000, everyMs: 1000 },
    );
    await setUrl(url);
    await untilReplaced('alertmanager', uid);
    await untilHeard();
  });
});
