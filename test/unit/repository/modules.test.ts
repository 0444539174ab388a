import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryFiles } from './files.ts';

/** What each part may import beside itself: arrows point one way, cli → deploy → chart → values → schema. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'src/process': [],
  'src/report': [],
  'src/tools': ['src/process', 'src/report'],
  'src/kubernetes': ['src/process', 'src/report', 'src/tools'],
  'src/schema': [],
  'src/generated': [],
  'src/values': ['src/schema', 'src/generated', 'src/report'],
  'src/dashboards': ['src/schema'],
  'src/generate': ['src/dashboards', 'src/values', 'src/schema', 'src/report'],
  'src/chart': ['src/kubernetes', 'src/process', 'src/report', 'src/schema', 'src/tools', 'src/values'],
  'src/release': ['src/chart', 'src/process', 'src/report', 'src/tools'],
  'src/deploy': ['src/chart', 'src/kubernetes', 'src/process', 'src/report', 'src/tools'],
  lab: ['src/kubernetes', 'src/process', 'src/report', 'src/tools'],
  environments: ['src/values'],
  cli: [
    'lab',
    'src/chart',
    'src/deploy',
    'src/kubernetes',
    'src/process',
    'src/release',
    'src/report',
    'src/tools',
  ],
  checks: [
    'lab',
    'src/chart',
    'src/deploy',
    'src/kubernetes',
    'src/process',
    'src/report',
    'src/tools',
    'src/values',
  ],
};

const files = (await repositoryFiles()).filter(({ path }) => /\.(ts|mjs)$/.test(path));
const imports = files.flatMap(({ path, text }) => importsOf(path, text).map((target) => ({ path, target })));

describe('arrows between modules point one way', () => {
  it('every part is known', () => {
    const parts = new Set(files.map(({ path }) => partOf(path)).filter((part) => !isEntry(part)));
    expect([...parts].sort()).toEqual(Object.keys(mayImport).sort());
  });

  it.each(Object.entries(mayImport))('%s imports only %j', (part, allowed) => {
    const foreign = imports
      .filter(({ path, target }) => partOf(path) === part && partOf(target) !== part)
      .filter(({ target }) => target !== 'versions.json' && !allowed.includes(partOf(target)))
      .map(({ path, target }) => `${path} imports ${target}`);
    expect(foreign).toEqual([]);
  });

  it('only tests import tests', () => {
    const foreign = imports.filter(
      ({ path, target }) => partOf(target) === 'test' && partOf(path) !== 'test',
    );
    expect(foreign).toEqual([]);
  });

  it('no part imports itself through another', () => {
    const arrows = new Map<string, Set<string>>();
    for (const { path, target } of imports) {
      const from = partOf(path);
      if (from !== partOf(target)) arrows.set(from, (arrows.get(from) ?? new Set()).add(partOf(target)));
    }
    const reaches = (from: string, goal: string, visited = new Set<string>()): boolean =>
      [...(arrows.get(from) ?? [])].some((next) => {
        if (next === goal) return true;
        if (visited.has(next)) return false;
        visited.add(next);
        return reaches(next, goal, visited);
      });
    expect([...arrows.keys()].filter((part) => reaches(part, part))).toEqual([]);
    expect(arrows.size).toBeGreaterThan(10);
  });
});

/** Scripts and tests may import every part: nothing imports them. */
function isEntry(part: string): boolean {
  return part === 'scripts' || part === 'test' || /\.config\.m?[jt]s$/.test(part);
}

function partOf(path: string): string {
  const [first = '', second = ''] = path.split('/');
  return first === 'src' ? `src/${second}` : first;
}

function importsOf(path: string, text: string): readonly string[] {
  const targets = text.matchAll(/(?:from|import\()\s*'(\.{1,2}\/[^']+)'/g);
  return [...targets].map(([, target = '']) => posix.normalize(posix.join(posix.dirname(path), target)));
}
