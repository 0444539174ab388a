import { describe, expect, test } from 'vitest';
import { podsOf, selectorsOf } from './laws/anatomy.ts';
import { madeBy, referencesOf } from './laws/references.ts';
import { cases, longRelease, type Rendering, render, selects } from './support.ts';

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

/** What one release selects or names of the other. */
function crossings(one: Rendering, other: Rendering): readonly string[] {
  const foreign = madeBy(other.objects);
  const named = referencesOf(one.objects).filter(({ kind, name }) => foreign.has(`${kind}/${name}`));
  const pods = podsOf(other.objects);
  const selected = selectorsOf(one.objects).filter(({ matchLabels }) =>
    pods.some(({ labels }) => selects(matchLabels, labels)),
  );
  return [...named.map(({ from, name }) => `${from} → ${name}`), ...selected.map(({ owner }) => owner)];
}
