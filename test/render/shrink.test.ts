import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { renderChart } from '../../src/chart/helm.ts';
import { valuesSchema } from '../../src/schema/values.ts';
import { repositoryRoot } from '../../src/tools/versions.ts';
import { schemaAt } from '../../src/values/schema-tree.ts';
import { nodesUnder, titleOf } from './invariants/anatomy.ts';

const prod = join(repositoryRoot, 'environments/prod.yaml');
const shrink = join(repositoryRoot, 'lab/overlays/shrink.yaml');

/** The only leaves that may differ between `prod` and what the lab runs, by their path. */
const allowed: readonly RegExp[] = [
  // Replicas and bounds.
  /\.scaling\.(replicas|min|max)$/,
  /\.resources\.(requests|limits)\./,
  /(^|\.)image\.(registry|repository|tag|digest|pullPolicy)$/,
  // Endpoints and hosts.
  /^app\.(s3\.endpoint|masterml\.url)$/,
  /^routing\.host$/,
  // Sizes of storage.
  /\.(persistence\.size|storage\.(work|tmp|cache))$/,
];

test('shrink changes replicas, bounds, resources, images, endpoints, hosts, sizes and times only', async () => {
  const leaves = leavesOf(parse(await readFile(shrink, 'utf8')));
  expect(leaves.length).toBeGreaterThan(10);
  const others = leaves.filter((path) => !allowed.some((pattern) => pattern.test(path.join('.'))));
  expect(others.filter((path) => !isTime(path))).toEqual([]);
});

test('what the lab runs has the objects, containers, variables, mounts and selectors of prod', async () => {
  const shapes = await Promise.all(
    [[prod], [prod, shrink]].map(async (valuesFiles) => shapeOf(await renderChart({ valuesFiles }))),
  );
  expect(shapes[0]?.length).toBeGreaterThan(200);
  expect(shapes[1]).toEqual(shapes[0]);
});

describe('the invariant notices', () => {
  test.each([
    ['a switch', 'flower.enabled'],
    ['a queue', 'workers.pools.cpu.queues.other'],
    ['a mode', 'workers.pools.cpu.drain.mode'],
    ['an engine', 'api.scaling.engine'],
    ['a bucket', 'app.s3.bucket'],
  ])('%s', (_title, path) => {
    expect(allowed.some((pattern) => pattern.test(path))).toBe(false);
    expect(isTime(path.split('.'))).toBe(false);
  });
});

/** Paths of everything that is no map. */
function leavesOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, below]) => leavesOf(below, [...path, key]));
}

/** Whether the schema calls it a duration. */
function isTime(path: readonly string[]): boolean {
  const title = schemaAt(valuesSchema, path)?.title;
  return title === 'Duration' || title === 'OptionalDuration';
}

/** Every object and every name in it: what would differ if something were switched on or off. */
function shapeOf(objects: Awaited<ReturnType<typeof renderChart>>): readonly string[] {
  return objects.flatMap((object) => [
    titleOf(object),
    ...[...nodesUnder(object)]
      .filter(({ key, value }) => ['name', 'mountPath', 'key'].includes(key) || typeof value === 'object')
      .map(({ key, value }) => `${titleOf(object)}: ${key} ${typeof value === 'string' ? value : ''}`),
  ]);
}
