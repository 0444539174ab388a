import { beforeAll, describe, expect, test } from 'vitest';
import { renderChart, renderText } from '../../src/chart/helm.ts';
import { external } from './laws/external.ts';
import { type LawInput, lawInput } from './laws/input.ts';
import { laws } from './laws/laws.ts';
import { referencesOf } from './laws/references.ts';
import { cases } from './support.ts';

const inputs: LawInput[] = [];

describe.each(cases())('every object of $title', ({ options }) => {
  let input: LawInput;
  beforeAll(async () => {
    input = lawInput(await renderChart(options));
    inputs.push(input);
  });

  test('renders to the same bytes twice', async () => {
    expect(await renderText(options)).toBe(await renderText(options));
  });

  test.each(Object.entries(laws))('%s', (_law, check) => check(input));
});

test('the list of external objects names only what some case refers to', () => {
  const all = inputs.flatMap(({ objects }) => referencesOf(objects));
  const referred = new Set(all.map(({ kind, name }) => `${kind}/${name}`));
  expect(Object.keys(external).filter((title) => !referred.has(title))).toEqual([]);
});
