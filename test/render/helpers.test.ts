import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inherit, type Layer, type Tree } from './inherit.ts';
import { callHelper, printFor } from './probe.ts';

/** The layers that it is given, overlaid onto an empty map. */
const overlay =
  '{{- $target := dict }}{{- include "audio-processor.overlay" (prepend . $target) }}{{ toJson $target }}';

const scalars = fc.constantFrom<Tree>(
  null,
  false,
  true,
  0,
  1,
  2147483648,
  '',
  'text',
  '<&>',
  [],
  ['a', 0, ''],
);
const { layer } = fc.letrec<{ layer: Layer; tree: Tree }>((tie) => ({
  tree: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalars, tie('layer')),
  // Few keys, so that layers meet.
  layer: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tie('tree'), { maxKeys: 4 }),
}));

describe('audio-processor.overlay', () => {
  test('keeps false, 0, "" and empty lists and maps, removes by null, and lets the later layer win, at every depth', async () => {
    const inputs = fc.sample(fc.array(layer, { minLength: 1, maxLength: 3 }), {
      numRuns: 500,
      seed: 20261123,
    });
    const outputs = await printFor(overlay, inputs);
    outputs.forEach((output, index) => {
      const input = inputs[index] ?? [];
      expect(JSON.parse(output), `of ${JSON.stringify(input)}`).toEqual(inherit(input));
    });
    // The sample reaches the cases that the property is about.
    const text = inputs.map((input) => JSON.stringify(input));
    for (const part of ['null', 'false', ':0', '""', '{}', '[]']) {
      expect(text.filter((one) => one.includes(part)).length).toBeGreaterThan(50);
    }
  });

  test.each<[string, readonly Layer[], Layer]>([
    ['false over true', [{ a: true }, { a: false }], { a: false }],
    ['0 over 4', [{ a: 4 }, { a: 0 }], { a: 0 }],
    ['"" over text', [{ a: 'x' }, { a: '' }], { a: '' }],
    ['an empty map stays', [{}, { a: { b: {} } }], { a: { b: {} } }],
    ['an empty map over a map adds nothing', [{ a: { b: 1 } }, { a: {} }], { a: { b: 1 } }],
    ['an empty list replaces', [{ a: [1] }, { a: [] }], { a: [] }],
    ['null removes', [{ a: { b: 1, c: 2 } }, { a: { b: null } }], { a: { c: 2 } }],
    ['what null removed can come back', [{ a: 1 }, { a: null }, { a: 2 }], { a: 2 }],
  ])('%s', async (_title, layers, expected) => {
    const [output = ''] = await printFor(overlay, [layers]);
    expect(JSON.parse(output)).toEqual(expected);
  });
});

describe('units', () => {
  test('a duration is its seconds', async () => {
    const durations = { '1h': 3600, '90s': 90, '1h30m': 5400, '08m09s': 489, '2h3s': 7203, '0s': 0, '': 0 };
    const outputs = await callHelper('audio-processor.seconds', Object.keys(durations));
    expect(outputs.map(Number)).toEqual(Object.values(durations));
  });

  test('a quantity is its bytes', async () => {
    const quantities: readonly (readonly [string | number, number])[] = [
      ['1Gi', 1073741824],
      ['1.5Gi', 1610612736],
      ['500M', 500000000],
      ['2Ti', 2199023255552],
      ['1k', 1000],
      ['1500m', 1],
      ['64', 64],
      [1073741824, 1073741824],
      [0.5, 0],
    ];
    const outputs = await callHelper(
      'audio-processor.bytes',
      quantities.map(([quantity]) => quantity),
    );
    expect(outputs.map(Number)).toEqual(quantities.map(([, bytes]) => bytes));
  });

  test('a quantity without quotes does not turn into an exponent', async () => {
    expect(await callHelper('audio-processor.quantity', [4294967296, 0.5, 2, '1Gi'])).toEqual([
      '4294967296',
      '0.5',
      '2',
      '1Gi',
    ]);
  });
});

describe('audio-processor.image', () => {
  const root = { registry: 'r', repository: 'app', tag: '', digest: 'sha256:a', pullPolicy: 'Always' };
  test.each<[string, readonly Layer[], string]>([
    ['the appVersion without a tag', [root], 'r/app:v1@sha256:a'],
    ['its own tag without the digest of another', [root, { tag: 'gpu' }], 'r/app:gpu'],
    ['its own tag and digest', [root, { tag: 'gpu', digest: 'sha256:b' }], 'r/app:gpu@sha256:b'],
    ['another registry with the same digest', [root, { registry: 'mirror' }], 'mirror/app:v1@sha256:a'],
    ['no registry', [{ ...root, registry: '' }], 'app:v1@sha256:a'],
    [
      'a digest of the defaults, dropped by the pool',
      [root, { digest: 'sha256:c' }, { repository: 'other' }],
      'r/other:v1',
    ],
  ])('is %s', async (_title, layers, reference) => {
    const root = { Chart: { AppVersion: 'v1' } };
    const [output = ''] = await printFor(
      '{{- $_ := set . "into" dict }}{{- include "audio-processor.image" . }}{{ toJson .into }}',
      [{ layers, root }],
    );
    expect(JSON.parse(output)).toMatchObject({ reference, pullPolicy: 'Always' });
  });
});
