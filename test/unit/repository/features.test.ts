import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { originalCommands, originalPages } from '../../support/original-readme.ts';
import { rawManifests } from '../../support/raw-manifests.ts';
import { repositoryFiles } from './files.ts';

const files = new Map((await repositoryFiles()).map(({ path, text }) => [path, text]));

/** A row of a table of docs/features.md. */
interface Row {
  readonly what: string;
  readonly answer: string;
  /** Files of tests, relative to the clone. */
  readonly tests: readonly string[];
  readonly level: string;
}

const rows: readonly Row[] = (files.get('docs/features.md') ?? '')
  .split('\n')
  .filter((line) => /^\| (?!(command|page|object or key) \|)/.test(line))
  .map((line) => {
    const [what = '', answer = '', shown = '', level = ''] = line.slice(2, -2).split(/ *\| */);
    const links = shown.matchAll(/\[[^\]]+\]\((\S+)\)/g);
    const tests = [...links].map(([, file = '']) => posix.normalize(posix.join('docs', file)));
    return { what, answer, tests, level: level.trim() };
  });

/** Everything that a first column names. */
const named = rows.flatMap(({ what }) => [...what.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code));

/** Where a test of each level lives; a claim needs one test at least that can show it. */
const places: Readonly<Record<string, RegExp>> = {
  ran: /^test\/cluster\//,
  admitted: /^test\/(server|lifecycle|cluster)\//,
  simulated: /^test\/(python|cluster|server|lifecycle)\//,
  rendered: /^test\/(render|unit)\//,
};

describe('docs/features.md', () => {
  it.each(Object.entries(rawManifests))('answers every object and key of %s', (_file, items) => {
    expect(items.filter((item) => !named.includes(item))).toEqual([]);
  });

  it('answers every command and every page of the original README', () => {
    const answered = (command: string) =>
      named.some((code) =>
        code.endsWith('…') ? command.startsWith(code.slice(0, -1)) : command.split(' \\\n')[0] === code,
      );
    expect(originalCommands.map(({ command }) => command).filter((one) => !answered(one))).toEqual([]);
    expect(Object.keys(originalPages).filter((page) => !named.includes(page))).toEqual([]);
  });

  it('gives each row an answer and a level', () => {
    expect(rows.length).toBeGreaterThan(60);
    for (const { what, answer, level } of rows) {
      expect(answer.trim(), what).not.toBe('');
      expect(['ran', 'admitted', 'simulated', 'rendered', 'no'], what).toContain(level);
    }
  });

  it('links a test file that exists from each row that has a level', () => {
    const claims = rows.filter(({ level }) => level in places);
    expect(claims.filter(({ tests, level }) => !tests.some((file) => places[level]?.test(file)))).toEqual([]);
    expect(rows.flatMap(({ tests }) => tests).filter((file) => !files.has(file))).toEqual([]);
  });
});
