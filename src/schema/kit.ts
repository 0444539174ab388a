/**
 * The small language in which every value is declared: type, default, description, docs section.
 * It yields plain JSON Schema 2020-12 (what Helm, editors and Artifact Hub read) and nothing else:
 * no outside `$ref`, no format that Helm ignores, no null, no undeclared key.
 */

/** A default, an example or a value of an enum. Null is not among them: Helm deletes a value that is null. */
export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** JSON Schema's types. `null` only where an inherited entry can be removed; never as a default. */
export type TypeName = 'object' | 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'null';

/** The subset of JSON Schema 2020-12 that the chart's schema uses. */
export interface Schema {
  /** Always a definition of the same file; beside it are only annotations (title, description, default, examples). */
  readonly $ref?: string;
  readonly $comment?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: TypeName | readonly TypeName[];
  readonly default?: Json;
  readonly examples?: readonly Json[];
  readonly enum?: readonly Json[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minProperties?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly $defs?: Readonly<Record<string, Schema>>;
  /** Kubernetes type of a passthrough object, e.g. `io.k8s.api.core.v1.Affinity`; strict in `npm run validate`, open in Helm. */
  readonly 'x-kubernetes-type'?: string;
}

interface Common {
  /** Values worth showing in docs and editors. */
  readonly examples?: readonly Json[];
}

/** A string. */
export function string(
  description: string,
  value: string,
  rules: Common & { pattern?: string; enum?: readonly string[]; minLength?: number; maxLength?: number } = {},
): Schema {
  return { type: 'string', description, default: value, ...rules };
}

/** Maximum of Kubernetes' 32-bit fields: the API server refuses a larger number long after Helm accepted it. */
export const INT32 = 2_147_483_647;

/** A whole number, at most {@link INT32} unless `maximum` is less. */
export function integer(
  description: string,
  value: number,
  rules: Common & { minimum?: number; maximum?: number } = {},
): Schema {
  return { type: 'integer', description, default: value, maximum: INT32, ...rules };
}

/** A number with a fraction. */
export function number(
  description: string,
  value: number,
  rules: Common & { minimum?: number; maximum?: number } = {},
): Schema {
  return { type: 'number', description, default: value, ...rules };
}

/** A switch. */
export function boolean(description: string, value: boolean): Schema {
  return { type: 'boolean', description, default: value };
}

/**
 * A closed object: unknown keys are refused, and so is a null that would delete a default.
 * Its default is made of its properties' defaults.
 */
export function object(description: string, properties: Readonly<Record<string, Schema>>): Schema {
  const required = Object.keys(properties);
  return {
    type: 'object',
    description,
    additionalProperties: false,
    properties,
    ...(required.length === 0 ? {} : { required }),
  };
}

/** A map keyed by name, so that an overlay can extend it; every value has one shape. */
export function map(
  description: string,
  values: Schema,
  rules: Common & {
    default?: Readonly<Record<string, Json>>;
    /** What a key may be: a pattern, or the shared definition that has it. */
    keys?: string | Schema;
    minProperties?: number;
  } = {},
): Schema {
  const { default: value = {}, keys, ...rest } = rules;
  return {
    type: 'object',
    description,
    default: value,
    additionalProperties: values,
    ...(keys === undefined ? {} : { propertyNames: typeof keys === 'string' ? { pattern: keys } : keys }),
    ...rest,
  };
}

/** A list, which an overlay replaces as a whole: only where the order matters (a command). Anything else is a map. */
export function list(
  description: string,
  items: Schema,
  value: readonly Json[] = [],
  rules: Common = {},
): Schema {
  return { type: 'array', description, items, default: value, ...rules };
}

/**
 * An object that Kubernetes defines: open in the shipped schema, so that a new minor's field is never refused,
 * strict in `npm run validate` by its Kubernetes type.
 */
export function passthrough(description: string, kubernetesType: string, value: Json = {}): Schema {
  return { type: 'object', description, default: value, 'x-kubernetes-type': kubernetesType };
}

/** A reference to a shared definition, with the description and the default of this place. */
export function ref(name: string, description?: string, value?: Json): Schema {
  return {
    $ref: `#/$defs/${name}`,
    ...(description === undefined ? {} : { description }),
    ...(value === undefined ? {} : { default: value }),
  };
}

/** A shared definition, with a title for docs and types. Each reference has its default, so that no key is required. */
export function definition(title: string, schema: Schema): Schema {
  return { ...override(schema), title };
}

/** The same schema without default and required keys: an absent key inherits (a pool's override). */
export function override(schema: Schema): Schema {
  const { default: _default, required: _required, properties, ...rest } = schema;
  if (properties === undefined) return rest;
  const open = Object.entries(properties).map(([key, value]) => [key, override(value)] as const);
  return { ...rest, properties: Object.fromEntries(open) };
}
