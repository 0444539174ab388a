import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Schema } from '../../../checks/kubernetes-schemas/convert.ts';
import { chartKinds, customKinds, schemaFileName } from '../../../checks/kubernetes-schemas/kinds.ts';
import { staleFiles, writeSchemas } from '../../../checks/kubernetes-schemas/vendor.ts';
import { repositoryRoot } from '../../../src/tools/versions.ts';
import versions from '../../../versions.json' with { type: 'json' };

const directory = join(repositoryRoot, 'schemas');
const { schemas, node, floor } = versions.kubernetes;

describe('the vendored schemas', () => {
  it('cover the oldest supported Kubernetes and the one of the lab', () => {
    expect(schemas).toContain(floor);
    expect(schemas).toContain(node);
  });

  it.each(schemas)('are one file for each kind of the chart, for Kubernetes %s', async (version) => {
    const present = await readdir(join(directory, `v${version}`));
    expect(present.sort()).toEqual(chartKinds.map(schemaFileName).sort());
  });

  it('are one file for each kind that an operator defines', async () => {
    const present = await readdir(join(directory, 'custom'));
    expect(present.sort()).toEqual(customKinds.map(schemaFileName).sort());
  });

  it('come from modules that versions.json pins, and it pins no other', () => {
    const pins = new Set(customKinds.map(({ pin }) => pin));
    expect(Object.keys(versions.customResources).sort()).toEqual([...pins].sort());
  });

  it('have no other version beside those of versions.json', async () => {
    const folders = (await readdir(directory, { withFileTypes: true })).filter((entry) =>
      entry.isDirectory(),
    );
    const expected = ['custom', ...schemas.map((version) => `v${version}`)];
    expect(folders.map(({ name }) => name).sort()).toEqual(expected.sort());
  });

  it('name the file of a kind as kubeconform does', () => {
    expect(schemaFileName({ group: 'rbac.authorization.k8s.io', version: 'v1', kind: 'RoleBinding' })).toBe(
      'rolebinding-rbac-v1.json',
    );
    expect(schemaFileName({ group: '', version: 'v1', kind: 'ConfigMap' })).toBe('configmap-v1.json');
  });
});

describe('the definitions for values that are passed to Kubernetes', () => {
  it('know every Kubernetes type that a value of the chart names', async () => {
    const { definitions } = await readSchema(`schemas/definitions-${minorOf(node)}.json`);
    const values = await readFile(join(repositoryRoot, 'charts/audio-processor/values.schema.json'), 'utf8');
    const named = [...values.matchAll(/"x-kubernetes-type": ?"([^"]+)"/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(0);
    for (const name of new Set(named)) expect(Object.keys(definitions as Schema)).toContain(name);
  });

  it('are strict, and compile in ajv as schemas/README.md shows', async () => {
    const ajv = new Ajv({ strict: true, allErrors: true, formats: { 'date-time': true } });
    ajv.addSchema(await readSchema(`schemas/definitions-${minorOf(node)}.json`), 'kubernetes');
    const accepts = ajv.compile({ $ref: 'kubernetes#/definitions/io.k8s.api.core.v1.ResourceRequirements' });
    expect(accepts({ limits: { cpu: 2, memory: '4Gi' } })).toBe(true);
    expect(accepts({ limit: { cpu: 2 } })).toBe(false);
    expect(accepts({ limits: { cpu: true } })).toBe(false);
    expect(accepts({ limits: { cpu: null } })).toBe(false);
  });
});

describe('staleFiles', () => {
  const expected = new Map([
    ['v1/a.json', '{}\n'],
    ['b.json', '{}\n'],
  ]);
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'schemas-'));
    await writeSchemas(folder, expected);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('finds nothing after writing', async () => {
    expect(await staleFiles(folder, expected)).toEqual([]);
  });

  it('finds what is missing, different or left over, and no file of another kind', async () => {
    await rm(join(folder, 'v1/a.json'));
    await writeFile(join(folder, 'b.json'), '{"type":"object"}\n');
    await writeFile(join(folder, 'c.json'), '{}\n');
    await writeFile(join(folder, 'README.md'), '');
    expect(await staleFiles(folder, expected)).toEqual([
      { path: 'v1/a.json', state: 'missing' },
      { path: 'b.json', state: 'different' },
      { path: 'c.json', state: 'left over' },
    ]);
  });
});

async function readSchema(path: string): Promise<Schema> {
  return JSON.parse(await readFile(join(repositoryRoot, path), 'utf8')) as Schema;
}

function minorOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}
