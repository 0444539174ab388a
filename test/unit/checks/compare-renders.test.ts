import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  compareRenders,
  describeDifference,
  objectsOf,
  withChartAt,
} from '../../../checks/compare-renders.ts';
import { chartDirectory } from '../../../src/chart/helm.ts';
import { program } from '../../../src/tools/programs.ts';

const defaults = [{ name: 'defaults', valuesFiles: [] }];
let other: string;

beforeEach(async () => {
  other = join(await mkdtemp(join(tmpdir(), 'compare-')), 'audio-processor');
  await cp(chartDirectory, other, { recursive: true });
});
afterEach(() => rm(join(other, '..'), { recursive: true }));

test('a chart does not differ from its copy', async () => {
  expect(await compareRenders(other, defaults, await program('helm'))).toEqual([]);
});

test('a changed template is a difference of its object only, once for all sets that share it', async () => {
  const page = join(other, 'templates/api/service.yaml');
  await writeFile(page, (await readFile(page, 'utf8')).replace('type: ClusterIP', 'type: NodePort'));
  const sets = [...defaults, { name: 'again', valuesFiles: [] }];
  const differences = await compareRenders(other, sets, await program('helm'));
  expect(differences).toMatchObject([
    { sets: ['defaults', 'again'], object: 'Service audio-processor-service' },
  ]);
  const text = differences.map(describeDifference).join('\n');
  expect(text).toMatch(/^defaults, again\n/);
  expect(text).toMatch(/^- {2}type: NodePort$/m);
  expect(text).toMatch(/^\+ {2}type: ClusterIP$/m);
});

test('an object that only one chart renders is a difference', async () => {
  await rm(join(other, 'templates/api/service.yaml'));
  const differences = await compareRenders(other, defaults, await program('helm'));
  expect(differences).toMatchObject([{ object: 'Service audio-processor-service' }]);
});

describe('values that one chart refuses', () => {
  const sets = [...defaults, { name: 'again', valuesFiles: [] }];
  const refuse = (message: string) =>
    writeFile(join(other, 'templates/api/refuse.yaml'), `{{ fail "${message}" }}`);

  test('are one difference of one line in place of every object, once for all sets', async () => {
    await refuse('no such broker');
    const differences = await compareRenders(other, sets, await program('helm'));
    expect(differences).toMatchObject([{ sets: ['defaults', 'again'], refused: 'before' }]);
    expect(differences.map(describeDifference)).toEqual(['defaults, again: refused before, renders now']);
  });

  test("have Helm's message when it is the chart of this clone that refuses them", () => {
    const difference = { sets: ['local'], refused: 'now', message: 'one\ntwo' } as const;
    expect(describeDifference(difference)).toBe('local: rendered before, refused now\n  one\n  two');
  });

  test('are no difference when the other chart refuses them with the same message', async () => {
    const file = join(other, '../values.yaml');
    await writeFile(file, 'image: {tag: [1]}\n');
    const refused = [{ name: 'refused', valuesFiles: [file] }];
    expect(await compareRenders(other, refused, await program('helm'))).toEqual([]);
    await refuse('no such broker');
    await writeFile(join(other, 'values.schema.json'), '{}');
    expect(await compareRenders(other, refused, await program('helm'))).toMatchObject([
      { sets: ['refused'], object: 'Refusal' },
    ]);
  });
});

test('neither the file of a template nor the order of objects counts', () => {
  const one =
    '---\n# Source: a.yaml\nkind: A\nmetadata:\n  name: x\n---\nkind: B\nmetadata:\n  name: x\n  namespace: n\n';
  const two =
    '---\nkind: B\nmetadata:\n  name: x\n  namespace: n\n\n---\n# Source: b.yaml\nkind: A\nmetadata:\n  name: x\n';
  expect(new Map([...objectsOf(one)].sort())).toEqual(new Map([...objectsOf(two)].sort()));
  expect([...objectsOf(one).keys()]).toEqual(['A x', 'B n/x']);
});

test('the chart of an unknown revision is refused by git, with its name', async () => {
  await expect(withChartAt('no-such-revision', async () => {})).rejects.toThrow('no-such-revision');
});
