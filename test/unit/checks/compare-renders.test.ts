import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compareRenders, objectsOf, withChartAt } from '../../../checks/compare-renders.ts';
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
  expect(differences[0]?.patch).toMatch(/^- {2}type: NodePort$/m);
  expect(differences[0]?.patch).toMatch(/^\+ {2}type: ClusterIP$/m);
});

test('an object that only one chart renders is a difference', async () => {
  await rm(join(other, 'templates/api/service.yaml'));
  const differences = await compareRenders(other, defaults, await program('helm'));
  expect(differences.map(({ object }) => object)).toEqual(['Service audio-processor-service']);
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
