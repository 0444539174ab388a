import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Manifest, renderChart } from '../../src/chart/helm.ts';
import { repositoryRoot } from '../../src/tools/versions.ts';
import { type ParentChart, parentChart } from '../support/parent-chart.ts';
import { crossings } from './invariants/crossings.ts';
import { invariantInput } from './invariants/input.ts';
import { invariants } from './invariants/invariants.ts';
import { overlay } from './support.ts';

const names = ['audio-processor', 'studio', 'archive'] as const;

let parent: ParentChart;
beforeAll(async () => {
  parent = await parentChart(names);
});
afterAll(() => parent.remove());

/** What the parent renders when it uses the chart under these names with the same values, and the others not at all. */
function used(under: readonly string[], values: object = {}, global: object = {}) {
  const off = Object.fromEntries(names.map((name) => [name, { enabled: false }]));
  const on = Object.fromEntries(under.map((name) => [name, values]));
  return renderChart({ chart: parent.directory, release: 'shop', values: { ...off, ...on, global } });
}

describe.each([
  ['environments/prod.yaml', join(repositoryRoot, 'environments/prod.yaml')],
  ['test/overlays/all-features.yaml', overlay('all-features')],
])('as a dependency with %s', (_title, file) => {
  let values: object;
  beforeAll(async () => {
    values = parse(await readFile(file, 'utf8')) as object;
  });

  test('it can be installed beside two aliases of itself: no name, selector or reference crosses', async () => {
    const all = await used(names, values);
    const each = await Promise.all(names.map((name) => used([name], values)));
    expect(byName(all)).toEqual(byName(each.flat()));
    for (const one of each) {
      for (const other of each) {
        if (one !== other) expect(crossings({ objects: one }, { objects: other })).toEqual([]);
      }
    }
    const input = invariantInput(all);
    for (const invariant of Object.values(invariants)) invariant(input);
  });

  test('it is the same as the chart alone', async () => {
    const alone = await renderChart({ release: 'shop', valuesFiles: [file] });
    expect(byName(await used(['audio-processor'], values))).toEqual(byName(alone));
  });
});

test('it is removed by the condition `enabled`', async () => {
  expect(await used([])).toEqual([]);
});

test('it reads the global values of the parent', async () => {
  const found = await used(['studio'], {}, { anything: { at: 'all' } });
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter(({ metadata }) => !metadata.name.startsWith('shop-studio-'))).toEqual([]);
});

/** Objects in an order that does not depend on the charts they come from. */
function byName(objects: readonly Manifest[]): readonly Manifest[] {
  const title = ({ kind, metadata }: Manifest) => `${kind}/${metadata.name}`;
  return objects.toSorted((a, b) => (title(a) < title(b) ? -1 : 1));
}
