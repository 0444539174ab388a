import { dirname } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { getObject, kubectl } from '../../src/deploy/kubectl.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { program } from '../../src/tools/programs.ts';
import { shell } from '../support/cli.ts';
import { commandsFor } from '../support/documented-commands.ts';
import { count, type Desk, type Entry, withDesk } from './support/ledger.ts';
import { autoscalersOf, bringKeda, podsOf, untilPods, upgrade, watching } from './support/scaling.ts';
import { cluster, namespace, upWith } from './support/service.ts';

const bucket = 'audio-features';
const workers = 'audio-worker';
const cooldown = 15;
const pool = (scaling: object) => ({ workers: { pools: { cpu: { scaling } } } });

/** KEDA that looks often and follows at once. */
const keda = {
  engine: 'keda',
  min: 0,
  max: 3,
  keda: { pollingInterval: '2s', cooldown: `${cooldown}s` },
  scaleDown: { window: '0s', percent: 100, pods: 0, period: '15s' },
  scaleUp: { window: '0s', percent: 100, pods: 5, period: '15s' },
};
/** Neither engine may take a pod away by itself: what falls, the switch has taken. */
const steady = { min: 1, scaleDown: { percent: 0, pods: 0 } };

beforeAll(async () => {
  await bringKeda();
  await upWith({
    workers: {
      pools: { cpu: { concurrency: 1, taskLimit: '3m', softLimitMargin: '10s', scaling: keda } },
    },
  });
}, 900_000);

const at = (entries: readonly Entry[], event: Entry['event']) =>
  entries.filter((entry) => entry.event === event).map((entry) => Date.parse(entry.at));

/** Submits tasks that sleep, and gives their ids. */
async function submitAll(desk: Desk, names: readonly string[], seconds: number): Promise<readonly string[]> {
  const tasks: string[] = [];
  for (const name of names) tasks.push(await desk.submit(name, seconds));
  return tasks;
}

/** Waits for all of them; each has to have run once. */
async function allOnce(desk: Desk, tasks: readonly string[]): Promise<readonly Entry[]> {
  for (const task of tasks) {
    await desk.until(task, 'a success', (entries) => count(entries).succeeded === 1, 200_000);
  }
  const ledgers = await Promise.all(tasks.map((task) => desk.ledger(task)));
  for (const ledger of ledgers) expect(count(ledger)).toEqual({ started: 1, succeeded: 1 });
  return ledgers.flat();
}

describe('KEDA', () => {
  it('takes a pool from 0 to some pods and back to 0, and every task runs once', async () => {
    await untilPods(workers, 'no pod', ({ wanted }) => wanted === 0, 120_000);
    await withDesk(bucket, async (desk) => {
      const { result: ledger, seen } = await watching(workers, async () => {
        // One more than pods, so that the last one runs alone, beside an empty queue, for longer than the cooldown.
        const tasks = await submitAll(desk, ['queued-1', 'queued-2', 'queued-3', 'queued-4'], cooldown + 15);
        await untilPods(workers, 'more than one pod', ({ wanted }) => wanted > 1, 120_000);
        const entries = await allOnce(desk, tasks);
        expect((await podsOf(workers)).wanted).toBeGreaterThan(0);
        await untilPods(workers, 'no pod', ({ wanted }) => wanted === 0, 120_000);
        return entries;
      });
      expect(Math.max(...seen.map(({ wanted }) => wanted))).toBe(3);
      expect(seen.at(-1)?.wanted).toBe(0);
      expect(at(ledger, 'end')).toHaveLength(4);
    });
  });

  it('leaves a pool at 0 to an HPA that rests there, until the documented command wakes it', async () => {
    await untilPods(workers, 'no pod', ({ wanted }) => wanted === 0, 120_000);
    await upgrade(pool({ engine: 'hpa', ...steady }));
    await waitFor(
      'the HPA to say that it rests',
      async () => {
        const status = (await getObject(cluster(), 'hpa', 'audio-worker-hpa', namespace))?.status;
        const { conditions = [] } = (status ?? {}) as { conditions?: readonly { reason: string }[] };
        const reasons = conditions.map(({ reason }) => reason);
        return reasons.includes('ScalingDisabled') ? { done: true } : { seen: reasons.join(', ') };
      },
      { deadlineMs: 60_000, everyMs: 500 },
    );
    expect(await podsOf(workers)).toEqual({ wanted: 0, ready: 0 });
    const [wake = ''] = await commandsFor('docs/scaling.md', 'test/cluster/scaling-keda.test.ts');
    const path = `${dirname(await program('kubectl'))}:${process.env.PATH}`;
    const { exitCode, stderr } = await shell(wake, {
      env: { PATH: path, KUBECONFIG: cluster().kubeconfig ?? '' },
    });
    expect(exitCode, stderr).toBe(0);
    await untilPods(workers, 'the pod that was woken', ({ ready }) => ready === 1, 120_000);
  });
});

describe('a switch under load, by one plain upgrade', () => {
  /** Two busy pods at least; the switch; who scales then, and the fewest pods on the way. */
  async function change(desk: Desk, scaling: object, autoscaler: string): Promise<void> {
    const tasks = await submitAll(desk, [`${autoscaler}-1`, `${autoscaler}-2`], 30);
    await untilPods(workers, 'two pods', ({ ready }) => ready >= 2, 120_000);
    for (const task of tasks) {
      await desk.until(task, 'the task to start', (entries) => entries.length > 0, 120_000);
    }
    const before = await podsOf(workers);
    const { seen } = await watching(workers, async () => {
      await upgrade(pool({ ...scaling, ...steady }));
      await waitFor(
        `${autoscaler} to be the only autoscaler`,
        async () => {
          const found = await autoscalersOf(workers);
          return found.join() === autoscaler ? { done: true } : { seen: found.join(', ') };
        },
        { deadlineMs: 60_000, everyMs: 200 },
      );
      await allOnce(desk, tasks);
    });
    expect(Math.min(...seen.map(({ wanted }) => wanted))).toBe(before.wanted);
    expect(Math.min(...seen.map(({ ready }) => ready))).toBe(before.ready);
    expect(await autoscalersOf(workers)).toEqual([autoscaler]);
    const scaled = await getObject(cluster(), 'scaledobject', workers, namespace);
    expect(scaled === undefined).toBe(autoscaler === 'audio-worker-hpa');
  }

  it('from HPA to KEDA and back keeps every pod, kills no task, and ends with one autoscaler', async () => {
    await upgrade(pool({ engine: 'hpa', ...steady }));
    await kubectl(cluster(), ['scale', `deployment/${workers}`, '--replicas=2', '--namespace', namespace]);
    await withDesk(bucket, async (desk) => {
      await change(desk, { engine: 'keda' }, 'audio-worker-keda-hpa');
      await change(desk, { engine: 'hpa' }, 'audio-worker-hpa');
    });
  });

  it('would be refused by KEDA without the annotation that the chart gives its HPAs', async () => {
    await kubectl(cluster(), [
      ...['annotate', 'hpa', 'audio-worker-hpa', 'validations.keda.sh/hpa-ownership-'],
      ...['--namespace', namespace],
    ]);
    await expect(upgrade(pool({ engine: 'keda' }), '--dry-run=server')).rejects.toThrow(
      "the workload 'audio-worker' of type 'apps/v1.Deployment' is already managed by the hpa 'audio-worker-hpa'",
    );
    await upgrade(pool({ engine: 'hpa' }));
    await upgrade(pool({ engine: 'keda' }), '--dry-run=server');
  });
});
