import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chartDirectory } from '../../src/chart/helm.ts';

/**
 * The chart and its subcharts, with the prefix of their helpers. Names of helpers are global, also to an umbrella chart, which may
 * have a chart `grafana` from elsewhere.
 */
const charts = [
  { prefix: 'audio-processor', chart: '' },
  ...readdirSync(join(chartDirectory, 'charts')).map((name) => ({
    prefix: `audio-processor.${name}`,
    chart: `charts/${name}/`,
  })),
];

/** Whether a file of a room or of a folder defines named templates and renders no object. */
const isHelpers = (file: string) => /(^|\/)_/.test(file);
const library = 'audio-processor.server';

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

  test('has one kind of object, or none', () => {
    const [kind = '', ...others] = kindsOf(text);
    expect(others).toEqual([]);
    // Helpers, the page of rules, and the user's objects of any kind.
    const none = chart !== 'charts/server/' && (isHelpers(file) || file === 'validations.yaml');
    if (none || file === 'NOTES.txt' || file === join('extra', 'objects.yaml')) expect(kind).toBe('');
    // Its file is named after it: a newcomer finds any object by its path.
    else if (kind !== '') expect(file).toMatch(new RegExp(`${kind}\\.(yaml|tpl)$`));
    else expect(isHelpers(file)).toBe(true);
  });

  test('defines helpers under the chart’s prefix only', () => {
    const defined = namesIn(text, /define "([^"]+)"/g);
    expect(defined.length > 0).toBe(isHelpers(file));
    const inner = charts.map((one) => one.prefix).filter((one) => one.startsWith(`${prefix}.`));
    for (const name of defined) {
      expect(name.startsWith(`${prefix}.`), name).toBe(true);
      expect(inner.filter((other) => name.startsWith(`${other}.`))).toEqual([]);
    }
  });
});

test('every helper that is called is defined once, and every one that is defined is called', () => {
  const all = files.map(({ text }) => text).join('\n');
  const defined = namesIn(all, /define "([^"]+)"/g);
  expect(new Set(defined).size).toBe(defined.length);
  expect([...new Set(calledIn(all))].sort()).toEqual([...defined].sort());
});

test.each(charts)('$prefix calls its own helpers and those of the library', ({ prefix }) => {
  const own = files.filter((one) => one.prefix === prefix);
  const others = charts.map((one) => one.prefix).filter((one) => one !== prefix && one !== library);
  for (const called of calledIn(own.map(({ text }) => text).join('\n'))) {
    expect(others.filter((other) => other.startsWith(prefix) && called.startsWith(`${other}.`))).toEqual([]);
    expect(called.startsWith(`${prefix}.`) || called.startsWith(`${library}.`), called).toBe(true);
  }
});

test.each(charts.slice(1))('the subchart $prefix is small: at most 9 templates', ({ prefix }) => {
  expect(files.filter((one) => one.prefix === prefix).length).toBeLessThanOrEqual(9);
});

/** Kinds of the objects of a page: written on it, or those of the library that it includes. */
function kindsOf(text: string): ReadonlySet<string> {
  const objects = /^\{\{ include "audio-processor\.server\.(\w+)" \. \}\}$/gm;
  return new Set(
    [...namesIn(text, /^kind: (\w+)/gm), ...namesIn(text, objects)].map((kind) => kind.toLowerCase()),
  );
}

/** Names by which helpers are called: written out, or made of a list. */
function calledIn(text: string): readonly string[] {
  // `range list "a" "b"` with `printf "prefix.%s.suffix"`.
  const lists = /range (?:\$\w+ := )?list([^}]+)\}\}\s*\{\{-?[^}]*include \(printf "([^"]+)"/g;
  return [
    ...namesIn(text, /include "([^"]+\.[^"]+)"/g),
    ...[...text.matchAll(lists)].flatMap(([, names = '', form = '']) =>
      namesIn(names, /"([^"]+)"/g).map((name) => form.replace('%s', name)),
    ),
  ];
}

function namesIn(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name);
}
