import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../tools/versions.ts';

/** A set of values that the checks render: the chart's defaults, or the defaults under one environment's file. */
export interface CheckedValues {
  /** `defaults`, or the environment's name. */
  readonly name: string;
  readonly valuesFiles: readonly string[];
}

/**
 * The defaults and every environment of `environments/`, by name.
 * @throws {Error} when there is no environment at all: a check over nothing would pass.
 */
export async function checkedValues(): Promise<readonly CheckedValues[]> {
  const folder = join(repositoryRoot, 'environments');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).sort();
  if (files.length === 0) throw new Error(`${folder} holds no *.yaml: run \`npm run generate\``);
  const environments = files.map((file) => ({
    name: file.slice(0, -'.yaml'.length),
    valuesFiles: [join(folder, file)],
  }));
  return [{ name: 'defaults', valuesFiles: [] }, ...environments];
}
