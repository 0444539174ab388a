import { describe, expect, test } from 'vitest';
import { renderChart } from '../../src/chart/helm.ts';
import type { ValueMap } from '../../src/values/merge.ts';
import { type InvariantInput, invariantInput } from './invariants/input.ts';
import { cases, install } from './support.ts';

/** What follows from a pool's task limit, in seconds. */
interface Numbers {
  readonly grace: number;
  readonly drain: number;
  readonly hardLimit: number;
  readonly softLimit: number;
  /** Of NOTES: what a task may take, and what a leaving pod gets. */
  readonly notes: readonly [limit: number, grace: number];
}

const ours = cases().filter(({ options }) => options.release === undefined);

describe.each(ours)('one number moves everything that follows from it: $title', ({ options }) => {
  /** Numbers of every pool, once each pool has these values. */
  const numbers = async (leaf: ValueMap) => {
    const pools = Object.fromEntries(
      poolsOf(invariantInput(await renderChart(options))).map(({ key }) => [key, leaf]),
    );
    const values = { workers: { pools } };
    const { objects, notes } = await install({ ...options, values });
    const moved = invariantInput(objects);
    return poolsOf(moved).map((pool) => numbersOf(moved, pool, notes));
  };

  test('the task limit moves grace, drain, Celery’s limits and NOTES by the same seconds', async () => {
    const leaf = (taskLimit: string) => ({ taskLimit, drain: { mode: 'finish', within: '' } });
    const before = await numbers(leaf('1h'));
    const after = await numbers(leaf('1h16m40s'));
    expect(before.length).toBeGreaterThan(0);
    expect(after).toEqual(before.map((pool) => plus(pool, 1000)));
    for (const { grace, drain, hardLimit, notes } of before) {
      expect({ hardLimit, notes }).toEqual({ hardLimit: 3600, notes: [3600, grace] });
      expect(grace).toBe(3720);
      expect(drain).toBeGreaterThan(hardLimit);
      expect(drain).toBeLessThan(grace);
    }
  });

  test('under `requeue`, `drain.within` moves grace, drain and NOTES, and nothing of the limit', async () => {
    const leaf = (within: string) => ({ taskLimit: '2h', drain: { mode: 'requeue', within } });
    const before = await numbers(leaf('10m'));
    const after = await numbers(leaf('26m40s'));
    expect(before.length).toBeGreaterThan(0);
    for (const [index, { grace, drain, notes, ...limits }] of before.entries()) {
      expect(drain).toBe(600);
      expect(grace).toBeGreaterThan(drain);
      expect(after[index]).toEqual({
        ...limits,
        grace: grace + 1000,
        drain: drain + 1000,
        notes: [notes[0], notes[1] + 1000],
      });
    }
  });
});

interface Pool {
  readonly key: string;
  readonly owner: string;
}

function poolsOf({ pods }: InvariantInput): readonly Pool[] {
  return pods.flatMap(({ owner, labels }) => {
    const key = labels['audio-processor/pool'];
    return key === undefined || !owner.startsWith('Deployment/') ? [] : [{ key, owner }];
  });
}

function numbersOf({ pods }: InvariantInput, { owner }: Pool, notes: string): Numbers {
  const spec = pods.find((pod) => pod.owner === owner)?.spec;
  const container = spec?.containers[0];
  const flag = (name: string) =>
    Number(container?.command.find((word) => word.startsWith(`--${name}=`))?.split('=')[1]);
  const name = owner.replace('Deployment/', '');
  const found = new RegExp(
    `^ *${name}\\n.*\\n.*limit: (\\d+) s\\. Termination grace period: (\\d+) s\\.`,
    'm',
  ).exec(notes);
  return {
    grace: Number(spec?.terminationGracePeriodSeconds),
    drain: Number(container?.lifecycle?.preStop.exec?.command.at(-1)),
    hardLimit: flag('time-limit'),
    softLimit: flag('soft-time-limit'),
    notes: [Number(found?.[1]), Number(found?.[2])],
  };
}

function plus({ grace, drain, hardLimit, softLimit, notes }: Numbers, seconds: number): Numbers {
  return {
    grace: grace + seconds,
    drain: drain + seconds,
    hardLimit: hardLimit + seconds,
    softLimit: softLimit + seconds,
    notes: [notes[0] + seconds, notes[1] + seconds],
  };
}
