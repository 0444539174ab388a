import { describe, expect, test } from 'vitest';
import { crossings } from './invariants/crossings.ts';
import { madeBy } from './invariants/references.ts';
import { type Case, cases, longRelease, render } from './support.ts';

/** Two releases that one namespace may hold, with and without the plain names. */
const pairs = [
  ['audio-processor', 'second'],
  ['audio', 'audio-processor'],
] as const;

/** Names that are cut, in the inputs that make every kind of object between them. */
const cut = [longRelease, `${longRelease.slice(0, -1)}s`] as const;
const makesMuch = (title: string) => /(prod|all-features|monitoring|operator)\.yaml$/.test(title);

const kindsOf = async (some: readonly Case[]) => {
  const renders = await Promise.all(some.map(({ options }) => render({ ...options, release: 'second' })));
  return new Set(
    renders.flatMap(({ objects }) =>
      objects.map(({ kind, metadata }) => `${kind} of ${metadata.labels?.['app.kubernetes.io/component']}`),
    ),
  );
};

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

test('no other input makes a kind of object that the inputs with cut names do not make', async () => {
  const cutKinds = await kindsOf(ours.filter(({ title }) => makesMuch(title)));
  expect([...(await kindsOf(ours))].filter((kind) => !cutKinds.has(kind))).toEqual([]);
});
