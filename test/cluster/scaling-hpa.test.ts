import { expect, it } from 'vitest';
import { getObject } from '../../src/deploy/kubectl.ts';
import { count, withDesk } from './support/ledger.ts';
import { autoscalersOf, podsOf, untilPods, watching } from './support/scaling.ts';
import { cluster, namespace, upWith } from './support/service.ts';

const workers = 'audio-worker';

/** An HPA that follows at once; everything else is the chart's. */
const scaling = {
  engine: 'hpa',
  min: 1,
  max: 3,
  scaleDown: { window: '0s', percent: 100, period: '15s' },
  scaleUp: { window: '0s', period: '15s' },
};

it('an HPA adds pods while tasks compute and takes them away after, and every task runs once', async () => {
  const pool = { concurrency: 1, taskLimit: '3m', softLimitMargin: '10s', scaling };
  await upWith({
    workers: { pools: { cpu: { ...pool, resources: { requests: { cpu: '100m' } } } } },
  });
  expect(await autoscalersOf(workers)).toEqual(['audio-worker-hpa']);
  await untilPods(workers, 'one idle pod', ({ wanted }) => wanted === 1, 180_000);
  await withDesk('audio-features', async (desk) => {
    const tasks: string[] = [];
    for (const name of ['computes-1', 'computes-2', 'computes-3']) {
      tasks.push(await desk.submit(name, 60, { burnCpu: true }));
    }
    const { seen } = await watching(workers, async () => {
      await untilPods(workers, 'more pods', ({ wanted }) => wanted > 1, 120_000);
      const hpa = await getObject(cluster(), 'hpa', 'audio-worker-hpa', namespace);
      expect(JSON.stringify(hpa?.status)).toContain('"containerResource":{"container":"audio-worker"');
      for (const task of tasks) {
        await desk.until(task, 'a success', (entries) => count(entries).succeeded === 1, 180_000);
      }
      await untilPods(workers, 'one pod again', ({ wanted }) => wanted === 1, 180_000);
    });
    expect(Math.max(...seen.map(({ wanted }) => wanted))).toBeLessThanOrEqual(3);
    for (const task of tasks) expect(count(await desk.ledger(task))).toEqual({ started: 1, succeeded: 1 });
  });
  expect((await podsOf(workers)).wanted).toBe(1);
});
