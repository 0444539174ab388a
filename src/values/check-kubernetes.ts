import { readFile } from 'node:fs/promises';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import versions from '../../versions.json' with { type: 'json' };
import type { Schema } from '../schema/kit.ts';
import { type Checker, describeErrors } from './check-merged.ts';
import type { PlacedProblem } from './check-overlay.ts';
import { isMap, type Value, type ValueMap } from './merge.ts';
import { mapValues, resolve } from './schema-tree.ts';

/** Strict JSON schemas of Kubernetes' types, by their full names. */
export interface KubernetesDefinitions {
  /** Kubernetes minor that they are of: `1.37`. */
  readonly minor: string;
  /** The vendored file: `{"$schema": …, "definitions": {…}}`. */
  readonly schema: object;
}

/** A value that Kubernetes defines. */
interface Passthrough {
  readonly keys: readonly string[];
  readonly value: Value;
  /** Kubernetes' full name of the type. */
  readonly type: string;
  /** True below a map: the value may be a part that inherits the rest, so nothing is missing in it and null deletes. */
  readonly inMap: boolean;
}

let vendored: Promise<KubernetesDefinitions> | undefined;

/** Reads, once, the vendored definitions of the Kubernetes that the lab runs. */
export function kubernetesDefinitions(): Promise<KubernetesDefinitions> {
  vendored ??= readDefinitions();
  return vendored;
}

async function readDefinitions(): Promise<KubernetesDefinitions> {
  const minor = versions.kubernetes.node.split('.').slice(0, 2).join('.');
  const file = new URL(`../../schemas/definitions-${minor}.json`, import.meta.url);
  return { minor, schema: JSON.parse(await readFile(file, 'utf8')) as object };
}

/** Checkers by the definitions that they use: to make one takes 0.1 s. */
const checkers = new WeakMap<
  KubernetesDefinitions,
  (values: ValueMap, root: Schema) => readonly PlacedProblem[]
>();

/**
 * Makes a checker of the values that are fields of Kubernetes: affinity, tolerations, security contexts.
 * The chart's schema leaves them open, so that a field of a newer Kubernetes is never refused at install.
 */
export function compileKubernetesChecker(root: Schema, definitions: KubernetesDefinitions): Checker {
  const check = checkers.get(definitions) ?? makeChecker(definitions);
  checkers.set(definitions, check);
  return (values) => check(values, root);
}

function makeChecker({ minor, schema }: KubernetesDefinitions) {
  const ajv = new Ajv({ strict: true, allErrors: true, verbose: true, validateFormats: false });
  ajv.addSchema(schema, 'kubernetes');
  const compiled = new Map<string, ValidateFunction>();
  const validator = (type: string) => {
    const known = compiled.get(type) ?? ajv.compile({ $ref: `kubernetes#/definitions/${type}` });
    compiled.set(type, known);
    return known;
  };
  return (values: ValueMap, root: Schema): readonly PlacedProblem[] =>
    passthroughs(values, root, root, [], false).flatMap(({ keys, value, type, inMap }) => {
      const validate = validator(type);
      if (validate(value)) return [];
      const errors = (validate.errors ?? []).filter((error) => !inMap || !isInherited(error));
      return firstOfEachPath(describeErrors(errors, keys)).map((problem) => ({
        ...problem,
        message: `Kubernetes ${minor} refuses it: ${problem.message}`,
      }));
    });
}

function passthroughs(
  value: Value | undefined,
  schema: Schema,
  root: Schema,
  keys: readonly string[],
  inMap: boolean,
): readonly Passthrough[] {
  if (!isMap(value)) return [];
  const resolved = resolve(schema, root);
  const type = resolved['x-kubernetes-type'];
  if (type !== undefined) return [{ keys, value, type, inMap }];
  const entry = mapValues(resolved);
  return Object.entries(value).flatMap(([key, child]) => {
    const declared = resolved.properties?.[key];
    if (declared !== undefined) return passthroughs(child, declared, root, [...keys, key], inMap);
    return entry === undefined ? [] : passthroughs(child, entry, root, [...keys, key], true);
  });
}

/** What is no fault in a part: a key that it inherits, and a null that removes what it would inherit. */
function isInherited(error: ErrorObject): boolean {
  return error.keyword === 'required' || error.data === null;
}

/** A union of types gives an error for each of its members; the first is enough. */
function firstOfEachPath(problems: readonly PlacedProblem[]): readonly PlacedProblem[] {
  return problems.filter(({ path }, index) => problems.findIndex((other) => other.path === path) === index);
}
