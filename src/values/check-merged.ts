import type { ErrorObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Schema } from '../schema/kit.ts';
import type { PlacedProblem } from './check-overlay.ts';
import type { ValueMap } from './merge.ts';
import { nearestKey } from './nearest.ts';
import { pointerKeys, showPath, showValue } from './path.ts';

/** Checks merged values against the schema; returns every problem, in the schema's order. */
export type Checker = (values: ValueMap) => readonly PlacedProblem[];

/** Checkers by their schema: to make one takes 0.3 s, to use it a millisecond. */
const checkers = new WeakMap<Schema, Checker>();

let compiler: Ajv2020 | undefined;

/** Makes the checker of a schema, once: ajv, 2020-12, strict about the schema itself. */
export function compileChecker(root: Schema): Checker {
  const made = checkers.get(root) ?? makeChecker(root);
  checkers.set(root, made);
  return made;
}

function makeChecker(root: Schema): Checker {
  // One for all schemas: it compiles the schema of schemas at its first use.
  compiler ??= makeCompiler();
  const validate = compiler.compile(root);
  return (values) => (validate(values) ? [] : describeErrors(validate.errors ?? []));
}

function makeCompiler(): Ajv2020 {
  const ajv = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    allErrors: true,
    verbose: true,
    validateFormats: false,
  });
  ajv.addKeyword('x-kubernetes-type');
  return ajv;
}

/**
 * What ajv found, as text; needs ajv's options `verbose` and `allErrors`.
 * @param above keys from the root to what was checked
 */
export function describeErrors(
  errors: readonly ErrorObject[],
  above: readonly string[] = [],
): readonly PlacedProblem[] {
  return withoutRepeats(errors.flatMap((error) => describe(error, errors, above)));
}

function describe(
  error: ErrorObject,
  all: readonly ErrorObject[],
  above: readonly string[],
): readonly PlacedProblem[] {
  const keys = [...above, ...pointerKeys(error.instancePath)];
  const { params } = error;
  // The error of `propertyNames`, which follows it, reports it.
  if (error.propertyName !== undefined) return [];
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      const value = (error.data as Readonly<Record<string, unknown>>)[key];
      const known = Object.keys((error.parentSchema as Schema).properties ?? {});
      const nearest = nearestKey(key, known);
      const allowed = known.length === 0 ? 'no key at all: {}' : known.join(', ');
      const unknown = problem(error, [...keys, key], `unknown key \`${key}\``, value, allowed);
      const remedy = nearest === undefined ? undefined : `did you mean \`${showPath([...keys, nearest])}\`?`;
      return [remedy === undefined ? unknown : { ...unknown, remedy }];
    }
    case 'propertyNames': {
      const name = String(params.propertyName);
      const reason = all.find(
        (other) => other.propertyName === name && other.instancePath === error.instancePath,
      );
      return [
        problem(
          error,
          [...keys, name],
          `\`${name}\` cannot be a name here`,
          name,
          allowedBy(reason ?? error),
        ),
      ];
    }
    case 'required': {
      const key = String(params.missingProperty);
      return [problem(error, [...keys, key], `\`${key}\` is missing`, undefined, allowedBy(error))];
    }
    default:
      return [problem(error, keys, sentence(error), error.data, allowedBy(error))];
  }
}

function problem(
  { keyword }: ErrorObject,
  keys: readonly string[],
  message: string,
  found: unknown,
  allowed: string,
): PlacedProblem {
  return {
    code: keyword,
    keys,
    path: showPath(keys),
    message,
    ...(found === undefined ? {} : { found: showValue(found) }),
    allowed,
  };
}

function sentence(error: ErrorObject): string {
  switch (error.keyword) {
    case 'type':
      return `wrong type: ${typeName(error.data)}`;
    case 'enum':
      return 'not one of the allowed values';
    case 'maxLength':
      return 'text too long';
    case 'minLength':
    case 'pattern': {
      const { title } = error.parentSchema as Schema;
      return title === undefined ? 'malformed text' : `malformed ${spaced(title)}`;
    }
    case 'minProperties':
    case 'minItems':
      return 'too few entries';
    default:
      return error.message ?? 'refused by the schema';
  }
}

function allowedBy(error: ErrorObject): string {
  const { params } = error;
  const schema = error.parentSchema as Schema;
  switch (error.keyword) {
    case 'type':
      return [params.type as string | readonly string[]].flat().map(plainType).join(' or ');
    case 'enum':
      return (params.allowedValues as readonly unknown[]).map(showValue).join(', ');
    case 'maxLength':
      return `at most ${characters(params.limit)}`;
    case 'minLength':
    case 'pattern': {
      const examples = (schema.examples ?? []).map((example) => showValue(example)).join(', ');
      const form =
        error.keyword === 'pattern'
          ? `text that matches ${String(params.pattern)}`
          : `at least ${characters(params.limit)}`;
      if (schema.title !== undefined && schema.description !== undefined) return schema.description;
      return examples === '' ? form : `${form}, for example ${examples}`;
    }
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return `${String(params.comparison)} ${String(params.limit)}`;
    case 'minProperties':
    case 'minItems':
      return `at least ${String(params.limit)}`;
    default:
      return error.message ?? 'see the schema';
  }
}

function characters(limit: unknown): string {
  return `${String(limit)} character${limit === 1 ? '' : 's'}`;
}

/** JSON Schema's name of a type, in the words of YAML. */
function plainType(type: string): string {
  return { object: 'map', array: 'list', integer: 'whole number' }[type] ?? type;
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return plainType(Array.isArray(value) ? 'array' : typeof value);
}

/** `OptionalDuration` as words: `optional duration`. */
function spaced(title: string): string {
  return title.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

function withoutRepeats(problems: readonly PlacedProblem[]): readonly PlacedProblem[] {
  const visited = new Set<string>();
  return problems.filter(({ path, message }) => {
    const key = `${path}\n${message}`;
    if (visited.has(key)) return false;
    visited.add(key);
    return true;
  });
}
