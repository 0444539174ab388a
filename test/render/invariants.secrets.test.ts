import { describe, expect, test } from 'vitest';
import { renderChart } from '../../src/chart/helm.ts';
import { valuesSchema } from '../../src/schema/values.ts';
import { mergeValues, type ValueMap } from '../../src/values/merge.ts';
import { ANY_KEY, isLeaf, mapValues, nodes } from '../../src/values/schema-tree.ts';
import { nodesUnder } from './invariants/anatomy.ts';
import { external } from './invariants/external.ts';
import { referencesOf } from './invariants/references.ts';
import { contextOf } from './mutations.ts';
import { notes, overlay } from './support.ts';

/** A word that must not turn up anywhere but in the name of a Secret. */
const canary = 'canary';

const everything = { valuesFiles: [overlay('all-features')] };

/** An entry of each map of objects in which the chart's leaves are checked; it must be in use. */
const entries: Readonly<Record<string, string>> = { pools: 'cpu', profiles: 'nvidia' };

/** The chart's leaves, each once; those of pools and profiles by one entry, and no entry of another map. */
const leaves = nodes(valuesSchema)
  .filter(({ schema }) => isLeaf(schema))
  .map(({ path, schema }) => ({
    path: path.map((key, at) => (key === ANY_KEY ? (entries[path[at - 1] ?? ''] ?? key) : key)),
    schema,
  }))
  .filter(({ path }) => !path.includes(ANY_KEY));

const at = (path: readonly string[], value: unknown) =>
  path.reduceRight<unknown>((below, key) => ({ [key]: below }), value) as ValueMap;

describe('values that sound like a secret', () => {
  const sounding = leaves.filter(
    ({ path, schema }) =>
      schema.type !== 'boolean' && /secret|password|passw|token|credential|auth/i.test(path.join('.')),
  );

  test('exist', () => {
    expect(sounding.map(({ path }) => path.join('.'))).toEqual(
      expect.arrayContaining(['secrets.name', 'image.pullSecrets', 'broker.pullSecrets']),
    );
  });

  test.each(sounding.map(({ path, schema }) => [path.join('.'), path, schema] as const))(
    '%s is only ever the name of a Secret, or enters a checksum',
    async (_title, path, schema) => {
      const value = mapValues(schema) === undefined ? canary : { [canary]: {} };
      const values = mergeValues(contextOf(path.join('.')), [at(path, value)]);
      const objects = await renderChart({ values });
      const places = [...nodesUnder(objects)].filter(({ value: text }) => String(text).includes(canary));
      const leaking = places.filter(
        ({ key, value: text }) =>
          typeof text === 'string' && (text !== canary || !/^(name|secretName)$/.test(key)),
      );
      // A revision is hashed; any other leaf is rendered somewhere, or this would check nothing.
      if (path.at(-1) !== 'revision') expect(places).not.toEqual([]);
      expect(leaking.map(({ key, holder }) => `${key} of ${JSON.stringify(holder)}`)).toEqual([]);
    },
  );
});

describe('every map of environment variables', () => {
  const maps = leaves.filter(({ path, schema }) => path.at(-1) === 'env' && mapValues(schema) !== undefined);
  const { keys = [], optionalKeys = [] } = external['Secret/ml-service-secrets'] ?? {};
  const names = [...keys, ...optionalKeys, 'HF_TOKEN'];

  test('is checked', () => {
    expect(maps.map(({ path }) => path.join('.'))).toEqual(
      expect.arrayContaining(['app.env', 'api.env', 'workers.defaults.env', 'workers.pools.cpu.env']),
    );
  });

  test.each(maps.map(({ path }) => [path.join('.'), path] as const))(
    '%s takes no key of the Secret, and repeats none of its values',
    async (title, path) => {
      const env = Object.fromEntries(names.map((name) => [name, canary]));
      // An environment with the map's own workload in it, which is what a rule reads.
      const error = await renderChart({ ...everything, values: at(path, env) }).then(
        () => new Error('it was accepted'),
        (refusal: Error) => refusal,
      );
      for (const name of names) expect(error.message, title).toContain(`.env.${name}: `);
      expect(error.message).not.toContain(canary);
    },
  );
});

describe('every URL', () => {
  const withPassword = `https://user:${canary}@host.example:443`;
  const urls = leaves.filter(
    ({ schema }) =>
      schema.type === 'string' && schema.pattern && new RegExp(schema.pattern).test(withPassword),
  );

  test('is checked', () => {
    expect(urls.map(({ path }) => path.join('.'))).toEqual(
      expect.arrayContaining(['app.s3.endpoint', 'app.masterml.url']),
    );
  });

  test.each(urls.map(({ path }) => [path.join('.'), path] as const))(
    '%s holds no credentials, which a ConfigMap would show',
    async (title, path) => {
      const values = at(path, withPassword);
      const outcome = await renderChart({ ...everything, values }).then(
        (objects) => JSON.stringify(objects),
        (refusal: Error) =>
          `${refusal.message.includes(`${title}: credentials`) ? '' : canary}${refusal.message}`,
      );
      expect(outcome).not.toContain(canary);
    },
  );
});

test('NOTES name the Secret and the keys that the pods of this release wait for', async () => {
  const options = { ...everything, values: { secrets: { name: canary } } };
  const waitedFor = referencesOf(await renderChart(options)).filter(
    ({ kind, name }) => kind === 'Secret' && name === canary,
  );
  const required = waitedFor.filter(({ optional }) => !optional).map(({ key = '' }) => key);
  expect(required.length).toBeGreaterThan(2);
  const printed = await notes(options);
  for (const word of [canary, ...required]) expect(printed).toContain(word);
});
