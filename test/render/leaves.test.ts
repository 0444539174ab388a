import { beforeAll, describe, expect, test } from 'vitest';
import { readManifests, renderText } from '../../src/chart/helm.ts';
import { valuesSchema } from '../../src/schema/values.ts';
import { compileChecker } from '../../src/values/check-merged.ts';
import { mergeValues, type ValueMap } from '../../src/values/merge.ts';
import { defaultOf } from '../../src/values/schema-tree.ts';
import { type Change, type Grouped, grouped } from './groups.ts';
import { mutations } from './mutations.ts';

/** Leaves that change no object, and why that is right. */
const without: Readonly<Record<string, string>> = {
  'prometheus.auth.external': 'allows a route, see monitoring-access.test.ts',
  'alertmanager.auth.external': 'the same',
  'routing.scheme': 'of the printed URLs only, see routing.test.ts; TLS is made elsewhere',
};

/** Leaves outside `broker` that may change its pod: they are its names, and the Secret that it reads. */
const namesOfTheBroker = ['enabled', 'nameOverride', 'fullnameOverride', 'secrets.name'];

/**
 * A leaf of `workers.defaults` or of a profile is what a pool's leaf is, by the invariants of pools.inheritance.test.ts over
 * each of them: only the pool's is rendered here.
 */
const paths = new Set(mutations().map(({ path }) => path));
const isPoolLeaf = (path: string) =>
  path.startsWith('workers.profiles.nvidia.') ||
  (path.startsWith('workers.defaults.') &&
    paths.has(path.replace('workers.defaults.', 'workers.pools.cpu.')));

/** Switches: without a section there is nothing to check. */
const isSwitch = (path: string) => /^[^.]+\.enabled$/.test(path);

const all = grouped(
  mutations().filter(({ path }) => !isPoolLeaf(path)),
  (path) => without[path] !== undefined || isSwitch(path),
);
const changes = [...new Set(all.flatMap((leaf) => leaf.changes))];
const check = compileChecker(valuesSchema);
const defaults = defaultOf(valuesSchema, valuesSchema) as ValueMap;

/** What each of several inputs renders, two at a time. */
async function renderAll(inputs: readonly ValueMap[]): Promise<ReadonlyMap<ValueMap, string>> {
  const texts = new Map<ValueMap, string>();
  const queue = inputs.values();
  const work = async () => {
    for (const values of queue) {
      expect(check(mergeValues(defaults, [values])), JSON.stringify(values)).toEqual([]);
      texts.set(values, await renderText({ values }));
    }
  };
  await Promise.all([work(), work()]);
  return texts;
}

describe('every leaf of the schema', () => {
  let texts: ReadonlyMap<ValueMap, string>;
  const textOf = (values: ValueMap) => texts.get(values) ?? '';
  beforeAll(async () => {
    texts = await renderAll(changes.flatMap(({ before, after }) => [before, after]));
  }, 300_000);

  test('is among those that are changed here', () => {
    expect(all.length).toBeGreaterThan(150);
    expect(all.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['app.s3.bucket', 'workers.pools', 'workers.pools.cpu.scaling.replicas']),
    );
  });

  test('changes the render, and no leaf of a neighbour changes the same objects', () => {
    const differs = ({ before, after }: Change, own: Grouped['own']) =>
      own(textOf(before)) !== own(textOf(after));
    const wrong = all.filter((leaf) =>
      leaf.changes.some((change) => differs(change, leaf.own) !== change.paths.includes(leaf.path)),
    );
    expect(wrong.map(({ path }) => path).sort()).toEqual(Object.keys(without).sort());
  });

  test('outside `broker` leaves the broker alone, which a restart would make repeat tasks', () => {
    // Hundreds of renders: only the one document is read, and only where it differs.
    const broker = (text: string) =>
      text.split(/^---$/m).find((document) => /^kind: StatefulSet$/m.test(document)) ?? '';
    const pod = (document: string) =>
      (readManifests(document)[0] as { spec: { template: unknown } } | undefined)?.spec.template;
    const restarted = changes.filter(({ paths, before, after }) => {
      const [one, other] = [broker(textOf(before)), broker(textOf(after))];
      if (paths.some((path) => path.startsWith('broker.')) || one === other) return false;
      return JSON.stringify(pod(one)) !== JSON.stringify(pod(other));
    });
    expect(restarted.flatMap(({ paths }) => paths).sort()).toEqual([...namesOfTheBroker].sort());
  });
});
