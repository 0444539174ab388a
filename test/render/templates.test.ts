import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chartDirectory } from '../../src/chart/helm.ts';

/** The chart and its subcharts, with the prefix of their helpers. */
const charts = [
  { prefix: 'audio-processor', chart: '' },
  ...readdirSync(join(chartDirectory, 'charts')).map((name) => ({ prefix: name, chart: `charts/${name}/` })),
];

/** Whether a file of a room or of a folder defines named templates and renders no object. */
const isHelpers = (file: string) => /(^|\/)_/.test(file);

const files = charts.flatMap(({ prefix, chart }) => {
  const folder = join(chartDirectory, chart, 'templates');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(yaml|tpl|txt)$/.test(file))
    .sort()
    .map((file) => ({ prefix, chart, file, text: readFileSync(join(folder, file), 'utf8') }));
});

describe.each(files)('$chart templates/$file', ({ prefix, chart, file, text }) => {
  test('gives the same for the same input: no cluster, no chance, no clock, no install or upgrade', () => {
    expect(text).not.toMatch(
      /\b(lookup|rand[A-Z]\w*|uuidv4|now|genCA|genSignedCert|genPrivateKey|derivePassword|htpasswd|bcrypt)\b\s/,
    );
    expect(text).not.toMatch(/\.Release\.(IsInstall|IsUpgrade|Revision)/);
    expect(text).not.toMatch(/helm\.sh\/hook/);
  });

  test('never changes the values it was given', () => {
    expect(text).not.toMatch(/\b(set|unset|merge|mustMerge|mergeOverwrite)\s+\$?\.Values/);
  });

  test('writes the context in its definitions only, each its own key', () => {
    const definitions = [...text.matchAll(/define "audio-processor\.context\.(\w+)"/g)].map(([, key]) => key);
    const written = [...text.matchAll(/\b(?:set|unset)\s+\$?[.\w]*\.ctx\s+"(\w+)"/g)].map(([, key]) => key);
    expect(written).toEqual(definitions);
    expect(text).not.toMatch(/\b(merge|mustMerge|mergeOverwrite)\s+\(?\$?[.\w]*\.ctx\b/);
    expect(text).not.toMatch(/"audio-processor\.overlay" \(list \$?[.\w]*\.(ctx|Values)\b/);
    const created = [...text.matchAll(/\bset\s+\S+\s+"ctx"/g)];
    expect(created.length).toBe(file === '_context.tpl' ? 1 : 0);
  });

  test('holds one kind of object, or none', () => {
    const kinds = new Set([...text.matchAll(/^kind: (\w+)/gm)].map(([, kind]) => kind?.toLowerCase()));
    if (isHelpers(file) || (chart === '' && !file.includes('/'))) return expect(kinds.size).toBe(0);
    // The user's own objects are of any kind.
    if (file === join('extra', 'objects.yaml')) return expect(kinds.size).toBe(0);
    expect(kinds.size).toBe(1);
    // Its name says which: a newcomer finds any object by its path.
    const [kind = ''] = kinds;
    expect(file).toMatch(new RegExp(`${kind}\\.yaml$`));
  });

  test('defines helpers under the chart’s prefix only', () => {
    const defined = [...text.matchAll(/define "([^"]+)"/g)].map(([, name]) => name);
    expect(defined.length > 0).toBe(isHelpers(file));
    for (const name of defined) expect(name?.startsWith(`${prefix}.`), name).toBe(true);
  });
});

test.each(charts)(
  'every helper that is called is defined once, and every one that is defined is called: $prefix',
  ({ prefix }) => {
    const own = files.filter((one) => one.prefix === prefix);
    const all = own.map(({ text }) => text).join('\n');
    const defined = [...all.matchAll(/define "([^"]+)"/g)].map(([, name]) => name);
    // By name; by a name that is passed to `audio-processor.once`; or by names made of a list: `range list "a" "b"` with
    // `printf "prefix.%s"`.
    const called = new Set([...all.matchAll(/(?:include|"name") "([^"]+\.[^"]+)"/g)].map(([, name]) => name));
    for (const { text } of own) {
      const lists = /range (?:\$\w+ := )?list([^}]+)\}\}\s*\{\{-?[^}]*include \(printf "([^"]+)%s"/g;
      for (const [, names = '', start = ''] of text.matchAll(lists)) {
        for (const [, name = ''] of names.matchAll(/"([^"]+)"/g)) called.add(start + name);
      }
    }
    expect(new Set(defined).size).toBe(defined.length);
    expect([...called].sort()).toEqual([...defined].sort());
  },
);

test.each(charts.slice(1))('the subchart $prefix is small: at most 8 templates', ({ prefix }) => {
  expect(files.filter((one) => one.prefix === prefix).length).toBeLessThanOrEqual(8);
});
