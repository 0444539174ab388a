import type { Problem } from '../report/problem.ts';
import type { Schema } from '../schema/kit.ts';
import { valuesSchema } from '../schema/values.ts';
import {
  compileKubernetesChecker,
  type KubernetesDefinitions,
  kubernetesDefinitions,
} from '../values/check-kubernetes.ts';
import { compileChecker } from '../values/check-merged.ts';
import { checkOverlay, type PlacedProblem } from '../values/check-overlay.ts';
import { mergeValues, type ValueMap } from '../values/merge.ts';
import { keysOf, showPath } from '../values/path.ts';
import { type Overlay, readOverlay } from '../values/read-overlay.ts';
import { defaultValues } from '../values/schema-tree.ts';
import { readBrokenRules } from './broken-rules.ts';
import { HelmError, renderText } from './helm.ts';

/** What to validate against. */
export interface ValidateOptions {
  /** Chart directory or archive for Helm's own check; this clone's chart when absent. */
  readonly chart?: string;
  /** Kubernetes version to render for; the lab node's when absent. */
  readonly kubeVersion?: string;
  /** Helm's executable; the pinned one when absent. */
  readonly helm?: string;
}

/**
 * Every problem of values files that can be found without a cluster, in this order: each file alone, the merge with the
 * defaults, Helm itself. A path with an error has no second problem from a later check.
 * @param files in the order in which Helm would get them
 */
export async function validateOverlays(
  files: readonly string[],
  options: ValidateOptions = {},
): Promise<readonly Problem[]> {
  const read = await Promise.all(files.map(readOverlay));
  const overlays = read.flatMap(({ overlay }) => (overlay === undefined ? [] : [overlay]));
  const texts = read.flatMap(({ problems }) => problems);
  // If a file cannot be read, later checks would report wrong problems.
  if (overlays.length < files.length) return inFileOrder(texts, files);
  const values = checkValues(overlays, valuesSchema, await kubernetesDefinitions());
  const helm = await checkWithHelm(overlays, values.some(isError), options);
  const later = helm.filter(({ path }) => path === undefined || !hasError(values, path));
  return inFileOrder([...texts, ...values, ...later], files);
}

function isError({ severity }: Problem): boolean {
  return severity === undefined;
}

function hasError(problems: readonly Problem[], path: string | undefined): boolean {
  return problems.some((problem) => isError(problem) && problem.path === path);
}

/** By file as given, then line and column; what has no place comes last. */
function inFileOrder(problems: readonly Problem[], files: readonly string[]): readonly Problem[] {
  const rank = ({ file, line = 0, column = 0 }: Problem) => [
    file === undefined ? files.length : files.indexOf(file),
    line,
    column,
  ];
  return problems.toSorted((left, right) => {
    const [one, other] = [rank(left), rank(right)];
    const differing = one.findIndex((part, index) => part !== other[index]);
    return (one[differing] ?? 0) - (other[differing] ?? 0);
  });
}

/** Checks overlays that are already read: each over the ones before it, then all of them over the defaults. */
export function checkValues(
  overlays: readonly Overlay[],
  schema: Schema,
  kubernetes: KubernetesDefinitions,
): readonly Problem[] {
  const defaults = defaultValues(schema);
  const alone = overlays.flatMap((overlay, index) => {
    const earlier = overlays.slice(0, index).map(({ value }) => value);
    const found = checkOverlay(overlay.value, schema, mergeValues(defaults, earlier));
    return found.map((problem) => locate(problem, [overlay]));
  });
  const merged = mergedValues(overlays, defaults);
  const checks = [compileChecker(schema), compileKubernetesChecker(schema, kubernetes)];
  const refused = checks
    .flatMap((check) => check(merged))
    .filter(({ path }) => !hasError(alone, path))
    .map((problem) => locate(problem, overlays));
  return [...alone, ...refused];
}

function mergedValues(overlays: readonly Overlay[], defaults: ValueMap): ValueMap {
  return mergeValues(
    defaults,
    overlays.map(({ value }) => value),
  );
}

/** The file, line and column that set a value: the last file with the path, or with the deepest key above it. */
function locate({ keys, ...problem }: PlacedProblem, overlays: readonly Overlay[]): Problem {
  let best: { readonly depth: number; readonly place: Pick<Problem, 'file' | 'line' | 'column'> } | undefined;
  for (const overlay of overlays) {
    const found = overlay.locate(keys);
    if (found !== undefined && found.depth >= (best?.depth ?? 0)) {
      best = { depth: found.depth, place: { file: overlay.file, ...found.position } };
    }
  }
  const only = overlays.length === 1 ? overlays[0]?.file : undefined;
  return { ...(best?.place ?? (only === undefined ? {} : { file: only })), ...problem };
}

/**
 * What Helm refuses, with the place of each problem.
 * @param refused whether the schema has already refused the values: then Helm's own reading of the schema adds nothing
 */
async function checkWithHelm(
  overlays: readonly Overlay[],
  refused: boolean,
  { chart, kubeVersion, helm }: ValidateOptions,
): Promise<readonly Problem[]> {
  try {
    await renderText({
      valuesFiles: overlays.map(({ file }) => file),
      ...(chart === undefined ? {} : { chart }),
      ...(kubeVersion === undefined ? {} : { kubeVersion }),
      ...(helm === undefined ? {} : { helm }),
    });
    return [];
  } catch (error) {
    if (!(error instanceof HelmError)) throw error;
    if (error.kind === 'schema' && refused) return [];
    const values = mergedValues(overlays, defaultValues(valuesSchema));
    return helmProblems(error, values).map((problem) => locate(problem, overlays));
  }
}

/** The problems that the chart's validations list, or Helm's message with the template that failed. */
function helmProblems(
  { kind, detail, template, line }: HelmError,
  values: ValueMap,
): readonly PlacedProblem[] {
  const broken = readBrokenRules(detail);
  if (broken.length > 0) {
    return broken.map(({ path, message, remedy }) => {
      const keys = keysOf(path, values);
      const advice = remedy === '' ? {} : { remedy: `${remedy.charAt(0).toLowerCase()}${remedy.slice(1)}` };
      return { code: 'rule', keys, path: showPath(keys), message, ...advice };
    });
  }
  const place = template === undefined ? {} : { remedy: `see ${[template, line].join(':')}` };
  return [{ code: `helm-${kind}`, keys: [], message: `Helm refuses: ${detail}`, ...place }];
}
