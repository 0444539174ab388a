import { describe, expect, test } from 'vitest';
import type { Manifest, RenderOptions } from '../../src/chart/helm.ts';
import { requiredSecretKeys } from '../../src/deploy/secrets.ts';
import { neededSecretKeys, secretKeys } from '../../src/schema/secret-keys.ts';
import { valuesSchema } from '../../src/schema/values.ts';
import { mergeValues, type ValueMap } from '../../src/values/merge.ts';
import { readOverlay } from '../../src/values/read-overlay.ts';
import { defaultValues } from '../../src/values/schema-tree.ts';
import { referencesOf } from './invariants/references.ts';
import { cases, notes, render } from './support.ts';

/** A value by its dotted path, defaults and all overlays of the options merged. */
async function valuesOf(options: RenderOptions): Promise<(path: string) => unknown> {
  const read = await Promise.all((options.valuesFiles ?? []).map(readOverlay));
  const overlays = read.map(({ overlay }) => overlay?.value as ValueMap);
  const merged = mergeValues(defaultValues(valuesSchema), [...overlays, (options.values ?? {}) as ValueMap]);
  return (path) =>
    path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], merged);
}

/** Components that make the objects of these titles. */
function componentsOf(
  objects: readonly Manifest[],
  titles: readonly string[],
): readonly (string | undefined)[] {
  const owners = objects.filter(({ kind, metadata }) => titles.includes(`${kind}/${metadata.name}`));
  return [...new Set(owners.map(({ metadata }) => metadata.labels?.['app.kubernetes.io/component']))].sort();
}

const switched: readonly { title: string; options: RenderOptions }[] = [
  { title: 'Flower', options: { values: { flower: { enabled: true } } } },
  {
    title: 'Flower and an external broker',
    options: { values: { flower: { enabled: true }, broker: { mode: 'external' } } },
  },
  { title: 'no beat', options: { values: { beat: { enabled: false } } } },
];

describe.each([...cases(), ...switched])("the table of the Secret's keys, under $title", ({ options }) => {
  test('is what the pods wait for, each in the components that it names', async () => {
    const { objects } = await render(options);
    const values = await valuesOf(options);
    const needed = neededSecretKeys(values);
    const required = requiredSecretKeys(objects);
    const own = required.filter(({ secret }) => secret === values('secrets.name'));
    expect(own.map(({ key }) => key).sort()).toEqual(needed.map(({ key }) => key).sort());
    const present = objects.map(({ metadata }) => metadata.labels?.['app.kubernetes.io/component']);
    for (const { key, readers } of own) {
      const expected = secretKeys.find((one) => one.key === key)?.readers ?? [];
      expect(componentsOf(objects, readers), key).toEqual(
        expected.filter((component) => present.includes(component)).sort(),
      );
    }
  });

  test('names who may read an optional key', async () => {
    const { objects } = await render(options);
    const optional = referencesOf(objects).filter((reference) => reference.optional);
    for (const { key, readers } of secretKeys.filter(({ neededWhen }) => neededWhen === undefined)) {
      const from = optional.filter((reference) => reference.key === key).map((reference) => reference.from);
      expect(readers, key).toEqual(expect.arrayContaining([...componentsOf(objects, from)]));
      expect(from.length, key).toBeGreaterThan(0);
    }
  });
});

test.each(switched)('NOTES names the keys of the table, under $title', async ({ options }) => {
  const text = await notes(options);
  const values = await valuesOf(options);
  const [, needed = '', optional = ''] =
    /must have these keys, or no pod starts: (.*)\n *Optional keys: (.*)/.exec(text) ?? [];
  expect(needed.split(', ')).toEqual(neededSecretKeys(values).map(({ key }) => key));
  const never = secretKeys.filter(({ neededWhen }) => neededWhen === undefined);
  expect(optional.split(', ')).toEqual(never.map(({ key }) => key));
});
