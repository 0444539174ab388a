import { describe, expect, test } from 'vitest';
import { crossings } from './laws/crossings.ts';
import { madeBy } from './laws/references.ts';
import { cases, longRelease, render } from './support.ts';

/** Two releases that one namespace may hold: with and without the plain names, and with names that are cut. */
const pairs = [
  ['audio-processor', 'second'],
  ['audio', 'audio-processor'],
  [longRelease, `${longRelease.slice(0, -1)}s`],
] as const;

const ours = cases().filter(({ options }) => options.release === undefined);

describe.each(ours)('two releases in one namespace: $title', ({ options }) => {
  test.each(pairs)('%s and %s have nothing in common', async (first, second) => {
    const one = await render({ ...options, release: first });
    const other = await render({ ...options, release: second });
    const names = [...madeBy(one.objects), ...madeBy(other.objects)];
    expect(new Set(names).size).toBe(names.length);
    expect(crossings(one, other)).toEqual([]);
    expect(crossings(other, one)).toEqual([]);
  });
});
