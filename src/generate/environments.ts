import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Problem, ProblemError } from '../report/problem.ts';
import type { Schema } from '../schema/kit.ts';
import { type Checker, compileChecker } from '../values/check-merged.ts';
import { checkOverlay } from '../values/check-overlay.ts';
import { isMap, mergeValues, type Value, type ValueMap } from '../values/merge.ts';
import { defaultValues } from '../values/schema-tree.ts';
import { toYaml } from '../values/write-yaml.ts';
import type { GeneratedFile } from './files.ts';
import { generatedFrom } from './header.ts';

/**
 * `environments/<name>.yaml` for each `environments/<name>.ts`, which exports a constant of the same name.
 * @throws {ProblemError} when one has a value that equals the default, or that the schema refuses.
 */
export async function environmentFiles(root: string, schema: Schema): Promise<readonly GeneratedFile[]> {
  const folder = join(root, 'environments');
  const sources = (await readdir(folder)).filter((file) => file.endsWith('.ts')).sort();
  const check = compileChecker(schema);
  const files: GeneratedFile[] = [];
  const problems: Problem[] = [];
  for (const source of sources) {
    const name = basename(source, '.ts');
    const overlay = await exportOf(join(folder, source), name);
    problems.push(...checkEnvironment(overlay, schema, `environments/${source}`, check));
    files.push({
      path: `environments/${name}.yaml`,
      text: environmentYaml(overlay, `environments/${source}`),
    });
  }
  if (problems.length > 0) throw new ProblemError(problems);
  return files;
}

/** The overlay as YAML, with the line by which editors find the schema. */
export function environmentYaml(overlay: ValueMap, source: string): string {
  return [
    `# ${generatedFrom(source)}`,
    '# yaml-language-server: $schema=overlay.schema.json',
    '',
    toYaml(overlay),
  ].join('\n');
}

/** All problems of an environment; a warning to users is an error here. */
export function checkEnvironment(
  overlay: ValueMap,
  schema: Schema,
  file: string,
  check: Checker = compileChecker(schema),
): readonly Problem[] {
  const defaults = defaultValues(schema);
  const alone = checkOverlay(overlay, schema, defaults);
  const merged = check(mergeValues(defaults, [overlay]));
  const isKnown = new Set(alone.map(({ path }) => path));
  return [...alone, ...merged.filter(({ path }) => !isKnown.has(path))].map(
    ({ keys: _keys, severity: _severity, ...problem }) => ({ ...problem, file }),
  );
}

async function exportOf(file: string, name: string): Promise<ValueMap> {
  const module = (await import(pathToFileURL(file).href)) as Readonly<Record<string, Value>>;
  const overlay = module[name];
  if (!isMap(overlay)) {
    throw new ProblemError([
      { file, message: `must export a constant \`${name}\`, made by \`environment({ … })\`` },
    ]);
  }
  return overlay;
}
