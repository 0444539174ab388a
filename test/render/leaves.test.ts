import { beforeAll, describe, expect, test } from 'vitest';
import { readManifests, renderText } from '../../src/chart/helm.ts';
import { mergeValues, type ValueMap } from '../../src/values/merge.ts';
import { mutations } from './mutations.ts';

/** Leaves that change no object, and why that is right. */
const without: Readonly<Record<string, string>> = {
  global: 'open for parent charts; this chart reads nothing of it',
  'broker.external.address': 'where KEDA counts; the processes have URLs in the Secret',
  'broker.external.database': 'the same',
  'routing.scheme': 'of the printed URLs only, see routing.test.ts; TLS is made elsewhere',
};

/** Leaves outside `broker` that may change its pod: they are its names, and the Secret that it reads. */
const namesOfTheBroker = ['enabled', 'nameOverride', 'fullnameOverride', 'secrets.name'];

const all = mutations();

/** Renders a list, two at a time, and equal inputs once. */
async function renderAll(inputs: readonly ValueMap[]): Promise<readonly string[]> {
  const keys = inputs.map((values) => JSON.stringify(values));
  const texts = new Map<string, string>();
  const queue = new Set(keys).values();
  const work = async () => {
    for (const key of queue) texts.set(key, await renderText({ values: JSON.parse(key) }));
  };
  await Promise.all([work(), work()]);
  return keys.map((key) => texts.get(key) ?? '');
}

describe('every leaf of the schema', () => {
  let before: readonly string[];
  let after: readonly string[];
  beforeAll(async () => {
    before = await renderAll(all.map(({ context }) => context));
    after = await renderAll(all.map(({ context, overlay }) => mergeValues(context, [overlay])));
  }, 300_000);

  test('is among those that are changed here', () => {
    expect(all.length).toBeGreaterThan(150);
    expect(all.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['app.s3.bucket', 'workers.pools', 'workers.pools.cpu.scaling.replicas']),
    );
  });

  test('changes the render', () => {
    const idle = all.filter((_, index) => before[index] === after[index]).map(({ path }) => path);
    expect(idle.sort()).toEqual(Object.keys(without).sort());
  });

  test('outside `broker` leaves the broker alone, which a restart would make repeat tasks', () => {
    const pod = (text: string) =>
      readManifests(text).find(({ kind }) => kind === 'StatefulSet') as
        | { spec: { template: unknown } }
        | undefined;
    const restarted = all
      .filter(({ path }) => !path.startsWith('broker.'))
      .filter((mutation) => {
        const index = all.indexOf(mutation);
        return JSON.stringify(pod(before[index] ?? '')) !== JSON.stringify(pod(after[index] ?? ''));
      })
      .map(({ path }) => path);
    expect(restarted.sort()).toEqual([...namesOfTheBroker].sort());
  });
});
