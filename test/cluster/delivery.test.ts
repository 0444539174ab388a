import { describe, expect, it } from 'vitest';
import { mainProcess } from '../../checks/cluster/processes.ts';
import { kubectl } from '../../src/kubernetes/kubectl.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { count, withDesk } from './support/ledger.ts';
import { cluster, livePods, namespace, upWith } from './support/service.ts';

const bucket = 'audio-features';
const one = { engine: 'fixed', replicas: 1 };

/** Values of the one pool of these tests. */
function pool(values: object): object {
  return {
    workers: {
      pools: { cpu: { concurrency: 2, taskLimit: '2m', softLimitMargin: '10s', scaling: one, ...values } },
    },
  };
}

async function workerPod(): Promise<{ name: string; uid: string }> {
  const [pod] = await livePods('worker');
  if (pod?.metadata.uid === undefined) throw new Error('no worker pod');
  return { name: pod.metadata.name, uid: pod.metadata.uid };
}

/** Deletes a pod the way a rollout, a scale-in and a drain do: politely, and without waiting here. */
async function deletePod(name: string): Promise<void> {
  await kubectl(cluster(), ['delete', 'pod', name, '--namespace', namespace, '--wait=false']);
}

const seconds = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 1000;

describe('a worker pod deleted during a 20 s task', () => {
  it('finishes it, once', async () => {
    await upWith(pool({}));
    await withDesk(bucket, async (desk) => {
      const task = await desk.submit('deleted-pod', 20);
      const [begun] = await desk.until(task, 'the task to start', (ledger) => ledger.length > 0, 30_000);
      await deletePod(begun?.pod ?? '');
      const ledger = await desk.until(task, 'the task to end', (entries) => entries.length > 1, 60_000);
      expect(ledger.map((entry) => [entry.event, entry.pod])).toEqual([
        ['start', begun?.pod],
        ['end', begun?.pod],
      ]);
      expect(count(ledger)).toEqual({ started: 1, succeeded: 1 });
      // A doubled task would start within seconds of the old pod's end: the new worker scans when it begins to consume.
      const replaced = await desk.submit('after-deletion', 1);
      await desk.until(
        replaced,
        'the next task to end in the new pod',
        (entries) => entries.length > 1,
        60_000,
      );
      expect(count(await desk.ledger(task))).toEqual({ started: 1, succeeded: 1 });
    });
  });
});

describe('a task longer than the grace period', () => {
  it('is requeued before its pod dies, runs again within 30 s, and succeeds once', async () => {
    await upWith(pool({ drain: { mode: 'requeue', within: '5s' } }));
    await withDesk(bucket, async (desk) => {
      // 65 s of grace: 5 s of drain and 60 s in which the task is requeued.
      const task = await desk.submit('requeued', 70);
      const [begun] = await desk.until(task, 'the task to start', (entries) => entries.length > 0, 30_000);
      await deletePod(begun?.pod ?? '');
      const deleted = new Date().toISOString();
      const starts = (entries: readonly { event: string }[]) =>
        entries.filter((entry) => entry.event === 'start');
      const again = await desk.until(
        task,
        'the second start',
        (entries) => starts(entries).length === 2,
        60_000,
      );
      const second = again.filter((entry) => entry.event === 'start').at(-1);
      expect(second?.pod).not.toBe(begun?.pod);
      // 5 s of drain are the pool's own; the requirement is 30 s from the moment in which the task was given back.
      expect(seconds(deleted, second?.at ?? '')).toBeLessThan(35);
      const ledger = await desk.until(
        task,
        'one success',
        (entries) => count(entries).succeeded === 1,
        90_000,
      );
      expect(count(ledger)).toEqual({ started: 2, succeeded: 1 });
    });
  });
});

describe('SIGKILL of the worker under `delivery.mode: timeout`', () => {
  it('brings the task back after the visibility timeout, here shortened to 10 s', async () => {
    const timeout = 10;
    await upWith({
      ...pool({ env: { AUDIO_PROCESSOR_VISIBILITY_TIMEOUT: String(timeout) } }),
      delivery: { mode: 'timeout' },
    });
    await withDesk(bucket, async (desk) => {
      const pod = await workerPod();
      const task = await desk.submit('killed', 18);
      const [begun] = await desk.until(task, 'the task to start', (entries) => entries.length > 0, 30_000);
      const age = () => seconds(begun?.at ?? '', new Date().toISOString());
      // Older than the timeout: then the worker's first scan, as soon as it is back, finds the task overdue.
      await waitFor(
        'the delivery to be older than the visibility timeout',
        async () => (age() > timeout + 1 ? { value: true } : { observed: `${age()} s` }),
        { deadlineMs: 30_000 },
      );
      process.kill(await mainProcess(pod.uid, 'celery'), 'SIGKILL');
      // Should that scan be missed, kombu's next one comes within 100 s (facts of its Redis transport).
      const ledger = await desk.until(
        task,
        'one success',
        (entries) => count(entries).succeeded === 1,
        180_000,
      );
      expect(count(ledger)).toEqual({ started: 2, succeeded: 1 });
      const second = ledger.filter((entry) => entry.event === 'start').at(-1);
      expect(seconds(begun?.at ?? '', second?.at ?? '')).toBeGreaterThanOrEqual(timeout);
    });
  });
});
