import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { coreScalar, helmScalar, isAmbiguousPlainScalar } from '../../../src/values/helm-yaml.ts';
import { parseOverlay } from '../../../src/values/read-overlay.ts';
import { toYaml } from '../../../src/values/write-yaml.ts';
import { type ProbeChart, probeChart } from './support/probe-chart.ts';

const SCALARS = [
  ...['yes', 'Yes', 'YES', 'yEs', 'y', 'Y', 'on', 'On', 'oN', 'off', 'n', 'N', 'no', 'true', 'TRUE', 'tRue'],
  ...[
    'null',
    'Null',
    'NULL',
    'nULL',
    '~',
    '0777',
    '0o14',
    '0O14',
    '0o19',
    '0b101',
    '-0b11',
    '0b12',
    '0x1F',
    '-0x1F',
  ],
  ...[
    '1_000',
    '1_',
    '_1',
    '1__0',
    '0x_1',
    '0_7',
    '089',
    '08',
    '1e3',
    '1E3',
    '1e+3',
    '1.5e3',
    '.5',
    '-.5',
    '5.',
    '+5',
  ],
  ...[
    '12:30:45',
    '1:30',
    '2020-01-01',
    '2001-12-14t21:59:43.10-05:00',
    '1_000.5',
    '1e',
    '0x',
    '0b',
    '0o',
    '+',
    '.',
  ],
  ...[
    '0',
    '00',
    '-0',
    '0.0',
    '1.0',
    '=',
    '0777.5',
    '0.1_1',
    '-0777',
    '+0777',
    '-0o7',
    '1.e3',
    '.e3',
    '1e400',
  ],
  ...['1m', '100m', '1Gi', '0o7_7', '1e1_0', '1_e3', 'NaN', 'Infinity', '0x1p4', '12345678901234567890'],
];

let chart: ProbeChart;
beforeAll(async () => {
  chart = await probeChart();
});
afterAll(() => chart.remove());

describe('plain scalars', () => {
  it('are read as Helm reads them', async () => {
    const yaml = SCALARS.map((scalar, index) => `k${index}: ${scalar}\n`).join('');
    const helm = await chart.valuesOf(yaml);
    const ours = SCALARS.map((scalar, index) => [`k${index}`, helmScalar(scalar)] as const);
    // -0 is 0 once it went through JSON.
    expect(Object.fromEntries(ours.map(([key, value]) => [key, value === 0 ? 0 : value]))).toEqual(helm);
  });

  it('are read in YAML 1.2 as the yaml package reads them', () => {
    for (const scalar of SCALARS) expect(coreScalar(scalar), scalar).toEqual(parse(scalar));
  });

  it.each(['yes', 'no', 'on', 'off', 'y', 'n', '0777', '1_000', '0b101', '-0x1F', '1e400', '.inf', '.nan'])(
    '%s is ambiguous',
    (scalar) => {
      expect(isAmbiguousPlainScalar(scalar)).toBe(true);
    },
  );

  it.each(['true', 'null', '1.5', '-3', '0x1F', '0o14', '12:30:45', '2020-01-01', 'text', '1e3'])(
    '%s means the same everywhere',
    (scalar) => {
      expect(isAmbiguousPlainScalar(scalar)).toBe(false);
    },
  );
});

describe('a document', () => {
  it.each([
    ['anchors and aliases', 'a: &x {b: 1}\nc: *x\n'],
    ['merge keys, own keys first', 'a: &x {b: 1, z: 2}\nc:\n  <<: *x\n  b: 3\n'],
    ['lists of merges, the first first', 'a: &x {b: 1}\nd: &y {b: 2, e: 3}\nc: {<<: [*x, *y]}\n'],
    ['blocks and quotes', "a: |\n  x\n  y\nb: 'it''s'\nc: \"\\u00e9\"\n"],
    ['a list that is not indented', 'a:\n- 1\n- {b: 2}\n'],
    ['keys that Helm turns into text', 'a: {1: x, 0777: y, yes: z}\n'],
    ['a byte order mark and Windows line ends', '\ufeffa: 1\r\nb: "2"\r\n'],
  ])('with %s is read as Helm reads it', async (_, yaml) => {
    const { overlay } = parseOverlay(yaml, 'overlay.yaml');
    expect(overlay?.value).toEqual(await chart.valuesOf(yaml));
  });
});

describe('toYaml', () => {
  it('writes what Helm reads back unchanged', async () => {
    const texts = Object.fromEntries(SCALARS.map((scalar) => [scalar, scalar]));
    const value = { texts, block: 'line\nline two\n', list: [1, true, { a: [] }], none: null, empty: {} };
    const helm = await chart.valuesOf(toYaml(value));
    expect(helm).toEqual(value);
  });
});
