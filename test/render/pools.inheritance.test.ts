import { describe, expect, test } from 'vitest';
import { HelmError } from '../../src/chart/helm.ts';
import type { Schema } from '../../src/schema/kit.ts';
import { valuesSchema } from '../../src/schema/values.ts';
import { compileChecker } from '../../src/values/check-merged.ts';
import { mergeValues, type ValueMap } from '../../src/values/merge.ts';
import {
  ANY_KEY,
  defaultOf,
  defaultValues,
  isLeaf,
  mapValues,
  nodes,
  schemaAt,
} from '../../src/values/schema-tree.ts';
import { readRefusals } from '../support/helm-refusals.ts';
import { executableOf, testedHelms } from '../support/helms.ts';
import { inherit, isLayer, type Layer, type Tree } from './inherit.ts';
import { changed } from './mutations.ts';
import { evaluate } from './probe.ts';

/** What templates easily take for absent. */
const falsy: readonly Tree[] = [false, 0, '', [], {}];

/** A leaf of a pool or a profile: its keys below it, and the schema. */
interface Leaf {
  readonly keys: readonly string[];
  readonly schema: Schema;
}

const leavesOf = (section: 'pools' | 'profiles'): readonly Leaf[] =>
  nodes(valuesSchema)
    .filter(({ path, schema }) => path[1] === section && path.length > 3 && isLeaf(schema))
    .map(({ path, schema }) => ({ keys: path.slice(3), schema }))
    .filter(({ keys }) => !keys.includes(ANY_KEY));

const poolLeaves = leavesOf('pools');
const profileLeaves = leavesOf('profiles');

/** Paths of the leaves of a profile in a pool. */
const groups: Readonly<Record<string, readonly string[]>> = {
  ...{ nodeSelector: ['scheduling'], tolerations: ['scheduling'], env: [], image: [], resources: [] },
};
const asInPool = (profile: Layer): Layer =>
  Object.entries(profile)
    .map(([key, value]) => at([...(groups[key] ?? ['hardware']), key], value))
    .reduce(over, {});

const at = (keys: readonly string[], value: Tree): Layer =>
  keys.reduceRight<Tree>((below, key) => ({ [key]: below }), value) as Layer;

/** A layer over another, with its nulls kept, as they are in one file. */
const over = (base: Layer, above: Layer): Layer => ({
  ...base,
  ...Object.fromEntries(
    Object.entries(above).map(([key, value]) => {
      const before = base[key];
      return [key, isLayer(before) && isLayer(value) ? over(before, value) : value];
    }),
  ),
});

/**
 * Every leaf with a value that nobody takes for absent; the one entry of each map is what a pool may remove. Only
 * `cpuFallback`, which removes other leaves, has separate tests.
 */
const loud = (leaves: readonly Leaf[], section: readonly string[]): Layer =>
  inherit(
    leaves.map(({ keys, schema }) => {
      const before = defaultOf(schemaAt(valuesSchema, ['workers', 'defaults', ...keys]) ?? {}, valuesSchema);
      const least = typeof before === 'number' ? before : undefined;
      const value = changed([...section, ...keys].join('.'), schema, least) as Tree;
      return at(keys, keys.at(-1) === 'cpuFallback' ? false : value);
    }),
  );
const loudDefaults = loud(poolLeaves, ['workers', 'defaults']);
const loudProfile = loud(profileLeaves, ['workers', 'profiles', 'nvidia']);

const chartDefaults = defaultValues(valuesSchema);
const check = compileChecker(valuesSchema);
const isAccepted = (section: string, own: Layer) =>
  check(mergeValues(chartDefaults, [{ workers: { [section]: { any: own as ValueMap } } }])).length === 0;

/** Every way to set a falsy value at a leaf or at the one entry of a map, and to remove that entry. */
const sayings = (
  section: 'pools' | 'profiles',
  leaves: readonly Leaf[],
  inherited: Layer,
): readonly Layer[] =>
  leaves
    .flatMap(({ keys, schema }) => {
      const value = keys.reduce<Tree>(
        (below, key) => (isLayer(below) ? (below[key] ?? null) : null),
        inherited,
      );
      const [entry = ''] = mapValues(schema) !== undefined && isLayer(value) ? Object.keys(value) : [];
      const inMap = entry === '' ? [] : [...falsy, null].map((one) => at([...keys, entry], one));
      return [...falsy.map((one) => at(keys, one)), ...inMap];
    })
    .filter((own) => isAccepted(section, own));

/** What each pool inherits, by its key. */
const inheritedPools = `{{- range $key, $own := .Values.workers.pools }}
{{- $pool := dict }}
{{- include "audio-processor.pool.inherit" (list $ $own $pool) }}
{{- $_ := set $out $key $pool }}
{{- end }}`;

const defaults = ((chartDefaults.workers as Layer).defaults ?? {}) as Layer;
const allDefaults = inherit([defaults, loudDefaults]);
const byIndex = (prefix: string, values: readonly Layer[]) =>
  Object.fromEntries(values.map((value, index) => [`${prefix}${index}`, value]));

describe.each(testedHelms)('under %s', (name) => {
  test('a pool keeps what it sets over profile and defaults: false, 0, "", empty lists and maps; null removes', async () => {
    const own = sayings('pools', poolLeaves, allDefaults).map((one) => over({ profile: 'loud' }, one));
    expect(own.length).toBeGreaterThan(60);
    const workers = { defaults: loudDefaults, profiles: { loud: loudProfile }, pools: byIndex('p', own) };
    const output = await evaluate(inheritedPools, { workers }, await executableOf(name));
    for (const [index, one] of own.entries()) {
      const layers = one.profile === 'loud' ? [allDefaults, asInPool(loudProfile), one] : [allDefaults, one];
      expect(output[`p${index}`], JSON.stringify(one)).toEqual(inherit(layers));
    }
  });

  test('a profile keeps what it sets over the defaults, in the same way', async () => {
    const profiles = sayings('profiles', profileLeaves, inherit([loudProfile]));
    expect(profiles.length).toBeGreaterThan(20);
    const pools = byIndex(
      'p',
      profiles.map((_, index) => ({ profile: `q${index}` })),
    );
    const workers = { defaults: loudDefaults, profiles: byIndex('q', profiles), pools };
    const output = await evaluate(inheritedPools, { workers }, await executableOf(name));
    for (const [index, one] of profiles.entries()) {
      const layers = [allDefaults, asInPool(one), { profile: `q${index}` }];
      expect(output[`p${index}`], JSON.stringify(one)).toEqual(inherit(layers));
    }
  });

  test('a pool may remove nothing that it needs', async () => {
    const removing = poolLeaves.map(({ keys }) => at(keys, null));
    expect(removing.filter((own) => isAccepted('pools', own))).toEqual([]);
    const helm = await executableOf(name);
    const refusal = await evaluate('', { workers: { pools: byIndex('p', removing) } }, helm).catch(
      (error: unknown) => error,
    );
    if (!(refusal instanceof HelmError)) throw new Error(`Helm did not refuse: ${JSON.stringify(refusal)}`);
    expect(readRefusals(refusal.detail).map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(
        poolLeaves.map(({ keys }, index) => `/workers/pools/p${index}/${keys.join('/')}`),
      ),
    );
  });
});
