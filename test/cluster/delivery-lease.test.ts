import { beforeAll, describe, expect, it } from 'vitest';
import { mainProcess } from '../../checks/cluster/processes.ts';
import { mulberry32 } from '../../lab/samples/wav.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { brokerPod, brokerReady, deletePod, valkey } from './support/broker.ts';
import { count, type Desk, type Entry, withDesk } from './support/ledger.ts';
import { livePods, upWith } from './support/service.ts';

const bucket = 'audio-features';
/** Shorter than the values allow, so that the test need not wait for 15 minutes. */
const redeliverAfter = 20;
const restarts = Number(process.env.AUDIO_PROCESSOR_TEST_BROKER_RESTARTS || 4);
const seed = Number(process.env.AUDIO_PROCESSOR_TEST_SEED || 20261123);

beforeAll(async () => {
  await upWith({
    workers: {
      pools: {
        cpu: {
          // The limit that a lost worker's task would wait for without a lease.
          taskLimit: '20h',
          concurrency: 2,
          scaling: { engine: 'fixed', replicas: 2 },
          env: { AUDIO_PROCESSOR_REDELIVER_AFTER: String(redeliverAfter) },
        },
      },
    },
  });
});

const starts = (entries: readonly Entry[]) => entries.filter(({ event }) => event === 'start');
const secondsSince = (at: string) => (Date.now() - Date.parse(at)) / 1000;

/** Lets time pass: long enough for every worker to have polled for expired leases. */
async function afterTheNextScans(): Promise<void> {
  const begun = new Date().toISOString();
  await waitFor(
    'the scans of all workers',
    async () =>
      secondsSince(begun) > redeliverAfter + 15 ? { value: true } : { observed: `${secondsSince(begun)} s` },
    { deadlineMs: 120_000, everyMs: 1000 },
  );
}

describe('SIGKILL of a worker, whatever its task limit', () => {
  it('brings its task back within redeliverAfter + 100 s, and not before redeliverAfter', async () => {
    await withDesk(bucket, async (desk) => {
      const task = await desk.submit('killed', 15);
      const [begun] = await desk.until(task, 'the task to start', (entries) => entries.length > 0, 60_000);
      const pod = (await livePods('worker')).find(({ metadata }) => metadata.name === begun?.pod);
      process.kill(await mainProcess(pod?.metadata.uid ?? '', 'celery'), 'SIGKILL');
      const killed = new Date().toISOString();
      const again = await desk.until(
        task,
        'the second start',
        (entries) => starts(entries).length === 2,
        (redeliverAfter + 100) * 1000,
      );
      const seconds = (Date.parse(starts(again).at(-1)?.at ?? '') - Date.parse(killed)) / 1000;
      process.stderr.write(`a killed worker's task started again after ${seconds.toFixed(1)} s\n`);
      expect(seconds).toBeGreaterThan(redeliverAfter / 2);
      expect(seconds).toBeLessThan(redeliverAfter + 100);
      const ledger = await desk.until(task, 'one success', (entries) => count(entries).succeeded > 0, 60_000);
      expect(count(ledger)).toEqual({ started: 2, succeeded: 1 });
    });
  });
});

describe(`${restarts} restarts of the broker while tasks run, seed ${seed}`, () => {
  it(
    'run each task once',
    async () => {
      const random = mulberry32(seed);
      await withDesk(bucket, async (desk) => {
        const tasks: string[] = [];
        for (let round = 1; round <= restarts; round += 1) {
          tasks.push(...(await restartDuring(desk, round, random)));
        }
        await afterTheNextScans();
        for (const task of tasks) {
          expect(count(await desk.ledger(task)), task).toEqual({ started: 1, succeeded: 1 });
        }
        expect(await valkey('HLEN', 'unacked:cpu')).toBe('0');
        expect(await valkey('LLEN', 'audio_queue')).toBe('0');
      });
    },
    restarts * 90_000 + 180_000,
  );
});

/** Two tasks of random length, and the broker's pod deleted at a random moment while both run; gives their ids. */
async function restartDuring(desk: Desk, round: number, random: () => number): Promise<readonly string[]> {
  const tasks: string[] = [];
  for (const name of ['a', 'b']) tasks.push(await desk.submit(`restart-${round}${name}`, 6 + 14 * random()));
  for (const task of tasks) {
    await desk.until(task, 'the task to start', (entries) => entries.length > 0, 60_000);
  }
  const moment = Date.now() + 4000 * random();
  await waitFor(
    'the moment of this round',
    async () => (Date.now() > moment ? { value: true } : { observed: 'too early' }),
    { deadlineMs: 10_000 },
  );
  const pod = await brokerPod();
  await deletePod(pod);
  const { before, after } = await replaced(pod);
  for (const task of tasks) {
    await desk.until(task, 'the task to end', (entries) => count(entries).succeeded > 0, 120_000);
  }
  process.stderr.write(`restart ${round} of ${restarts}: the broker was away for ${after - before} ms\n`);
  return tasks;
}

/** Waits until the StatefulSet has put another pod in this one's place, which has the same name. */
async function replaced(pod: string): Promise<{ readonly before: number; readonly after: number }> {
  const before = Date.now();
  await waitFor(
    'the new pod of the broker',
    async () => {
      const [live] = await livePods('broker');
      return live !== undefined && Date.parse(live.metadata.creationTimestamp ?? '') >= before - 1000
        ? { value: true }
        : { observed: live === undefined ? 'none' : `${pod} of ${live.metadata.creationTimestamp}` };
    },
    { deadlineMs: 120_000, everyMs: 200 },
  );
  await brokerReady();
  return { before, after: Date.now() };
}
