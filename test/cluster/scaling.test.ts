import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getObject, kubectl } from '../../src/kubernetes/kubectl.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { program } from '../../src/tools/programs.ts';
import { shell } from '../support/cli.ts';
import { commandsFor } from '../support/documented-commands.ts';
import { count, type Desk, withDesk } from './support/ledger.ts';
import {
  autoscalersOf,
  bringKeda,
  podsOf,
  removeKeda,
  untilPods,
  upgrade,
  watching,
} from './support/scaling.ts';
import { cluster, namespace, upWith } from './support/service.ts';

const bucket = 'audio-features';
const workers = 'audio-worker';
/** Seconds without a task after which KEDA takes the last pod. */
const cooldown = 8;
const pool = (scaling: object) => ({ workers: { pools: { cpu: { scaling } } } });

/** Autoscalers with a short polling interval and no stabilization window. */
const prompt = {
  min: 1,
  max: 3,
  scaleDown: { window: '0s', percent: 100, pods: 0, period: '15s' },
  scaleUp: { window: '0s', percent: 100, pods: 5, period: '15s' },
};
const toZero = {
  ...prompt,
  engine: 'keda',
  min: 0,
  keda: { pollingInterval: '2s', cooldown: `${cooldown}s` },
};
/** Neither engine may take a pod away by itself: what falls, the switch has taken. */
const steady = { min: 1, scaleDown: { percent: 0, pods: 0 } };

beforeAll(async () => {
  await bringKeda();
  await upWith({
    workers: {
      pools: {
        cpu: {
          concurrency: 1,
          taskLimit: '3m',
          softLimitMargin: '10s',
          scaling: toZero,
          // One busy process is ten times its request, on a machine with other things to do as well.
          resources: { requests: { cpu: '100m' } },
        },
      },
    },
  });
}, 900_000);

afterAll(async () => {
  // KEDA must process the deletion of its object before it is deleted itself.
  await upgrade(pool({ engine: 'manual' }));
  await removeKeda();
});

/** Submits tasks of one length, and gives their ids. */
async function submitAll(
  desk: Desk,
  names: readonly string[],
  seconds: number,
  orders: object = {},
): Promise<readonly string[]> {
  const tasks: string[] = [];
  for (const name of names) tasks.push(await desk.submit(name, seconds, orders));
  return tasks;
}

/** Waits until each of them has succeeded; none may have been started twice. */
async function allOnce(desk: Desk, tasks: readonly string[]): Promise<void> {
  for (const task of tasks) {
    await desk.until(task, 'a success', (entries) => count(entries).succeeded === 1, 200_000);
  }
  for (const task of tasks) expect(count(await desk.ledger(task))).toEqual({ started: 1, succeeded: 1 });
}

const started = (desk: Desk, task: string) =>
  desk.until(task, 'the task to start', (entries) => entries.length > 0, 120_000);

describe('KEDA', () => {
  it('takes a pool from 0 to some pods and back to 0, and every task runs once', async () => {
    await untilPods(workers, 'no pod', ({ wanted }) => wanted === 0, 120_000);
    await withDesk(bucket, async (desk) => {
      const { observed } = await watching(workers, async () => {
        // One more than pods, so that the last one runs alone, beside an empty queue, for longer than the cooldown.
        const names = ['queued-1', 'queued-2', 'queued-3', 'queued-4'];
        const tasks = await submitAll(desk, names, cooldown + 12);
        await untilPods(workers, 'more than one pod', ({ wanted }) => wanted > 1, 120_000);
        await allOnce(desk, tasks);
        await untilPods(workers, 'no pod', ({ wanted }) => wanted === 0, 120_000);
      });
      expect(Math.max(...observed.map(({ wanted }) => wanted))).toBe(3);
      expect(observed.at(-1)?.wanted).toBe(0);
    });
  });
});

describe('an HPA', () => {
  it('is inactive in a pool at 0, until the documented command resumes it', async () => {
    await untilPods(workers, 'no pod', ({ wanted }) => wanted === 0, 120_000);
    await upgrade(pool({ ...prompt, engine: 'hpa' }));
    await waitFor(
      'the HPA to report ScalingDisabled',
      async () => {
        const status = (await getObject(cluster(), 'hpa', 'audio-worker-hpa', namespace))?.status;
        const { conditions = [] } = (status ?? {}) as { conditions?: readonly { reason: string }[] };
        const reasons = conditions.map(({ reason }) => reason);
        return reasons.includes('ScalingDisabled') ? { value: true } : { observed: reasons.join(', ') };
      },
      { deadlineMs: 60_000, everyMs: 500 },
    );
    expect(await podsOf(workers)).toEqual({ wanted: 0, ready: 0 });
    const [wake = ''] = await commandsFor('docs/scaling.md', 'test/cluster/scaling.test.ts');
    const path = `${dirname(await program('kubectl'))}:${process.env.PATH}`;
    const { exitCode, stderr } = await shell(wake, {
      env: { PATH: path, KUBECONFIG: cluster().kubeconfig ?? '' },
    });
    expect(exitCode, stderr).toBe(0);
    await untilPods(workers, 'the pod that was woken', ({ ready }) => ready === 1, 120_000);
  });

  it('adds pods while tasks compute and takes them away after, and every task runs once', async () => {
    await withDesk(bucket, async (desk) => {
      const { observed } = await watching(workers, async () => {
        const tasks = await submitAll(desk, ['computes-1', 'computes-2'], 30, { burnCpu: true });
        await untilPods(workers, 'more pods', ({ wanted }) => wanted > 1, 120_000);
        const hpa = await getObject(cluster(), 'hpa', 'audio-worker-hpa', namespace);
        expect(JSON.stringify(hpa?.status)).toContain('"containerResource":{"container":"audio-worker"');
        await allOnce(desk, tasks);
        await untilPods(workers, 'one pod again', ({ wanted }) => wanted === 1, 180_000);
      });
      expect(Math.max(...observed.map(({ wanted }) => wanted))).toBeLessThanOrEqual(3);
    });
  });
});

describe('a switch under load, by one plain upgrade', () => {
  /** Two busy pods; the switch; who scales then, and the fewest pods on the way. */
  async function change(desk: Desk, engine: 'hpa' | 'keda', autoscaler: string): Promise<void> {
    const tasks = await submitAll(desk, [`${engine}-1`, `${engine}-2`], 20);
    await untilPods(workers, 'two pods', ({ ready }) => ready >= 2, 120_000);
    for (const task of tasks) await started(desk, task);
    const before = await podsOf(workers);
    const { observed } = await watching(workers, async () => {
      await upgrade(pool({ ...steady, engine }));
      await waitFor(
        `${autoscaler} to be the only autoscaler`,
        async () => {
          const found = await autoscalersOf(workers);
          return found.join() === autoscaler ? { value: true } : { observed: found.join(', ') };
        },
        { deadlineMs: 60_000, everyMs: 200 },
      );
      await allOnce(desk, tasks);
    });
    expect(Math.min(...observed.map(({ wanted }) => wanted))).toBe(before.wanted);
    expect(Math.min(...observed.map(({ ready }) => ready))).toBe(before.ready);
    expect(await autoscalersOf(workers)).toEqual([autoscaler]);
    const scaled = await getObject(cluster(), 'scaledobject', workers, namespace);
    expect(scaled !== undefined).toBe(engine === 'keda');
  }

  it('from HPA to KEDA and back keeps every pod, kills no task, and ends with one autoscaler', async () => {
    await upgrade(pool({ ...steady, engine: 'hpa' }));
    await kubectl(cluster(), ['scale', `deployment/${workers}`, '--replicas=2', '--namespace', namespace]);
    await withDesk(bucket, async (desk) => {
      await change(desk, 'keda', 'audio-worker-keda-hpa');
      await change(desk, 'hpa', 'audio-worker-hpa');
    });
  });

  it('would be refused by KEDA without the annotation that the chart gives its HPAs', async () => {
    await kubectl(cluster(), [
      ...['annotate', 'hpa', 'audio-worker-hpa', 'validations.keda.sh/hpa-ownership-'],
      ...['--namespace', namespace],
    ]);
    await expect(upgrade(pool({ engine: 'keda' }))).rejects.toThrow(
      "the workload 'audio-worker' of type 'apps/v1.Deployment' is already managed by the hpa 'audio-worker-hpa'",
    );
    expect(await autoscalersOf(workers)).toEqual(['audio-worker-hpa']);
    await upgrade(pool({ engine: 'hpa' }));
  });
});
