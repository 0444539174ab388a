import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeValues, type Value, type ValueMap } from '../../../src/values/merge.ts';
import { executableOf, testedHelms } from '../../support/helms.ts';
import { probeChart } from './support/probe-chart.ts';

/** How many generated cases each Helm gets; the others of the matrix only have to show that they merge alike. */
const cases = testedHelms.map((helm) => [helm, helm === 'helm' ? 100 : 12] as const);

/** Few keys, so that defaults and overlays meet; some that a careless merge would take for its own. */
const keys = fc.constantFrom('a', 'b', 'c', 'enabled', 'x.y', 'true', '0', 'constructor');

const scalars: fc.Arbitrary<Value> = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.boolean(),
  fc.constantFrom('', 'text', 'yes', '0777', 'null', '<a & b>'),
);

/** Maps of scalars, lists and maps; null only where `leaf` has it. */
function maps(leaf: fc.Arbitrary<Value>): fc.Arbitrary<ValueMap> {
  const { map } = fc.letrec<{ map: ValueMap; value: Value }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      leaf,
      fc.array(leaf, { maxLength: 2 }),
      tie('map') as fc.Arbitrary<Value>,
    ),
    map: fc.dictionary(keys, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  }));
  return map;
}

const defaultsArbitrary = maps(scalars);
const overlaysArbitrary = fc.array(maps(fc.oneof(scalars, fc.constant(null))), {
  minLength: 1,
  maxLength: 3,
});

describe('mergeValues', () => {
  it.each(cases)(
    'gives what %s gives to a template, in %d generated cases',
    async (helm, numRuns) => {
      const executable = await executableOf(helm);
      let nulls = 0;
      const half = async (seed: number) => {
        const chart = await probeChart(executable);
        const agrees = fc.asyncProperty(defaultsArbitrary, overlaysArbitrary, async (defaults, overlays) => {
          if (JSON.stringify(overlays).includes('null')) nulls += 1;
          expect(mergeValues(defaults, overlays)).toEqual(await chart.values(defaults, overlays));
        });
        try {
          await fc.assert(agrees, { numRuns: numRuns / 2, seed });
        } finally {
          await chart.remove();
        }
      };
      await Promise.all([half(1), half(2)]);
      // Without nulls the property would prove little.
      expect(nulls).toBeGreaterThan(numRuns / 4);
    },
    180_000,
  );

  it('merges maps and replaces lists and scalars', () => {
    const defaults = { pools: { cpu: { size: 1, queues: ['a', 'b'] } } };
    const merged = mergeValues(defaults, [{ pools: { cpu: { queues: ['c'] }, gpu: { size: 2 } } }]);
    expect(merged).toEqual({ pools: { cpu: { size: 1, queues: ['c'] }, gpu: { size: 2 } } });
  });

  it('deletes a default on null, and keeps a null that has no default', () => {
    expect(mergeValues({ a: { b: 1, c: 2 } }, [{ a: { b: null, d: null } }])).toEqual({
      a: { c: 2, d: null },
    });
  });

  it('lets a later overlay bring back what an earlier one deleted', () => {
    expect(mergeValues({ a: { b: 1 } }, [{ a: null }, { a: { c: 2 } }])).toEqual({ a: { b: 1, c: 2 } });
  });

  it('keeps the overlay where one side is a map and the other is not', () => {
    expect(mergeValues({ a: { b: 1 }, c: 1 }, [{ a: 'text', c: { d: 1 } }])).toEqual({
      a: 'text',
      c: { d: 1 },
    });
  });

  it('changes neither defaults nor overlays', () => {
    const defaults = Object.freeze({ a: Object.freeze({ b: 1 }) });
    const overlay = Object.freeze({ a: Object.freeze({ b: null }) });
    expect(mergeValues(defaults, [overlay])).toEqual({ a: {} });
  });
});
