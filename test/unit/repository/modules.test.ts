import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryFiles } from './files.ts';

/** What each part may import beside itself: arrows point one way, cli → deploy → chart → values → schema. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'src/process': [],
  'src/report': [],
  'src/archive': [],
  'src/tools': ['src/process', 'src/report'],
  'src/schema': [],
  'src/generated': [],
  'src/values': ['src/schema', 'src/generated', 'src/report'],
  'src/monitoring': ['src/schema'],
  'src/generate': ['src/monitoring', 'src/values', 'src/schema', 'src/report'],
  'src/chart': ['src/values', 'src/schema', 'src/process', 'src/report', 'src/tools'],
  'src/release': ['src/archive', 'src/chart', 'src/process', 'src/report', 'src/tools'],
  'src/deploy': ['src/chart', 'src/process', 'src/report', 'src/tools'],
  'src/checks': ['src/chart', 'src/process', 'src/report', 'src/tools'],
  'src/cli': ['src/release', 'src/deploy', 'src/chart', 'src/process', 'src/report', 'src/tools', 'lab'],
  lab: ['src/archive', 'src/process', 'src/report', 'src/tools'],
  environments: ['src/values'],
};

const modules = (await repositoryFiles()).filter(({ path }) => /^(src|lab|environments)\/.*\.ts$/.test(path));

describe('arrows between modules point one way', () => {
  it('every part is known', () => {
    const parts = new Set(modules.map(({ path }) => partOf(path)));
    expect([...parts].sort()).toEqual(Object.keys(mayImport).sort());
  });

  it.each(Object.entries(mayImport))('%s imports only %j', (part, allowed) => {
    const own = modules.filter(({ path }) => partOf(path) === part);
    const foreign = own.flatMap(({ path, text }) =>
      importsOf(path, text)
        .filter((target) => target !== 'versions.json')
        .filter((target) => partOf(target) !== part && !allowed.includes(partOf(target)))
        .map((target) => `${path} imports ${target}`),
    );
    expect(foreign).toEqual([]);
  });
});

function partOf(path: string): string {
  const [first = '', second = ''] = path.split('/');
  return first === 'src' ? `src/${second}` : first;
}

function importsOf(path: string, text: string): readonly string[] {
  const targets = text.matchAll(/(?:from|import\()\s*'(\.{1,2}\/[^']+)'/g);
  return [...targets].map(([, target = '']) => posix.normalize(posix.join(posix.dirname(path), target)));
}
