import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../src/tools/versions.ts';

/** A set of values that the checks render: the chart's defaults, alone or under one file. */
export interface CheckedValues {
  /** `defaults`, or the file's name without `.yaml`. */
  readonly name: string;
  readonly valuesFiles: readonly string[];
}

/** The defaults and every environment of `environments/`, by name. */
export async function checkedEnvironments(): Promise<readonly CheckedValues[]> {
  return [{ name: 'defaults', valuesFiles: [] }, ...(await valuesIn('environments'))];
}

/** Every overlay of `test/overlays/`: what no environment switches on. */
export async function checkedOverlays(): Promise<readonly CheckedValues[]> {
  return valuesIn('test/overlays');
}

/** @throws {Error} when there is none at all: a check over nothing would pass. */
async function valuesIn(folder: string): Promise<readonly CheckedValues[]> {
  const files = (await readdir(join(repositoryRoot, folder))).filter((file) => file.endsWith('.yaml'));
  if (files.length === 0) throw new Error(`${folder} holds no *.yaml: run \`npm run generate\``);
  return files.sort().map((file) => ({
    name: file.slice(0, -'.yaml'.length),
    valuesFiles: [join(repositoryRoot, folder, file)],
  }));
}
