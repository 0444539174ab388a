import { beforeAll, describe, expect, test } from 'vitest';
import { renderChart, renderText } from '../../src/chart/helm.ts';
import { external } from './invariants/external.ts';
import { type InvariantInput, invariantInput } from './invariants/input.ts';
import { invariants } from './invariants/invariants.ts';
import { referencesOf } from './invariants/references.ts';
import { cases } from './support.ts';

const inputs: InvariantInput[] = [];

describe.each(cases())('every object of $title', ({ options }) => {
  let input: InvariantInput;
  beforeAll(async () => {
    input = invariantInput(await renderChart(options));
    inputs.push(input);
  });

  test('renders to the same bytes twice', async () => {
    expect(await renderText(options)).toBe(await renderText(options));
  });

  test.each(Object.entries(invariants))('%s', (_title, check) => check(input));
});

test('the list of external objects names only what some case refers to', () => {
  const all = inputs.flatMap(({ objects }) => referencesOf(objects));
  const referred = new Set(all.map(({ kind, name }) => `${kind}/${name}`));
  expect(Object.keys(external).filter((title) => !referred.has(title))).toEqual([]);
});
