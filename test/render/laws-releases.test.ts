import { describe, expect, test } from 'vitest';
import { crossings } from './laws/crossings.ts';
import { madeBy } from './laws/references.ts';
import { cases, longRelease, render } from './support.ts';

/** Two releases that one namespace may hold, with and without the plain names. */
const pairs = [
  ['audio-processor', 'second'],
  ['audio', 'audio-processor'],
] as const;

/** Names that are cut, in the overlays that make every kind of object between them. */
const cut = [longRelease, `${longRelease.slice(0, -1)}s`] as const;
const makesMuch = (title: string) => /(all-features|monitoring|operator)\.yaml$/.test(title);

const ours = cases().filter(({ options }) => options.release === undefined);

describe.each(ours)('two releases in one namespace: $title', ({ title, options }) => {
  test.each(makesMuch(title) ? [...pairs, cut] : pairs)(
    '%s and %s have nothing in common',
    async (first, second) => {
      const one = await render({ ...options, release: first });
      const other = await render({ ...options, release: second });
      const names = [...madeBy(one.objects), ...madeBy(other.objects)];
      expect(new Set(names).size).toBe(names.length);
      expect(crossings(one, other)).toEqual([]);
      expect(crossings(other, one)).toEqual([]);
    },
  );
});
