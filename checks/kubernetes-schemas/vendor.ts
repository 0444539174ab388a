import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Definitions, definitionsSchema, formatSchema, kindSchema } from './convert.ts';
import { chartKinds, schemaFileName } from './kinds.ts';

/** Text of each schema file, by its path under `schemas/`. */
export type SchemaFiles = ReadonlyMap<string, string>;

/**
 * One schema a kind under `v<version>/`, where kubeconform finds it.
 * @param version full Kubernetes version: `1.37.2`
 */
export function kindFiles(version: string, sources: Definitions): SchemaFiles {
  return new Map(
    chartKinds.map((kind) => [
      `v${version}/${schemaFileName(kind)}`,
      formatSchema(kindSchema(kind, sources)),
    ]),
  );
}

/**
 * All definitions in one file, for values that Kubernetes defines.
 * @param version full Kubernetes version; the file is named by its minor, `definitions-1.37.json`
 */
export function definitionsFile(version: string, sources: Definitions): SchemaFiles {
  const minor = version.split('.').slice(0, 2).join('.');
  return new Map([[`definitions-${minor}.json`, formatSchema(definitionsSchema(chartKinds, sources))]]);
}

/** A file under `schemas/` that is not what its source yields. */
export interface StaleFile {
  readonly path: string;
  readonly state: 'missing' | 'different' | 'left over';
}

/** Compares the files in `directory` with those expected; a JSON file that is not expected is left over. */
export async function staleFiles(directory: string, expected: SchemaFiles): Promise<readonly StaleFile[]> {
  const present = await jsonFiles(directory);
  const stale: StaleFile[] = [];
  for (const [path, text] of expected) {
    if (!present.includes(path)) stale.push({ path, state: 'missing' });
    else if ((await readFile(join(directory, path), 'utf8')) !== text)
      stale.push({ path, state: 'different' });
  }
  const leftOver = present.filter((path) => !expected.has(path));
  return [...stale, ...leftOver.map((path) => ({ path, state: 'left over' as const }))];
}

/** Makes `directory` hold exactly the expected JSON files; other files stay. */
export async function writeSchemas(directory: string, expected: SchemaFiles): Promise<void> {
  for (const path of await jsonFiles(directory)) {
    if (!expected.has(path)) await rm(join(directory, path));
  }
  for (const [path, text] of expected) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
}

async function jsonFiles(directory: string): Promise<readonly string[]> {
  const all = await readdir(directory, { recursive: true });
  return all.filter((path) => path.endsWith('.json'));
}
