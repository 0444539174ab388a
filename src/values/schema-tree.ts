import type { Json, Schema } from '../schema/kit.ts';

/** An object of values without null: what defaults are made of. */
export type JsonObject = { readonly [key: string]: Json };

/** Any key of a map, in a path. */
export const ANY_KEY = '*';

/** A schema with its reference replaced by what it refers to; the annotations beside the reference win. */
export function resolve(schema: Schema, root: Schema): Schema {
  const { $ref, ...annotations } = schema;
  return $ref === undefined ? schema : { ...resolve(definition($ref, root), root), ...annotations };
}

function definition(ref: string, root: Schema): Schema {
  const name = ref.replace('#/$defs/', '');
  const found = root.$defs?.[name];
  if (found === undefined) throw new Error(`the schema refers to ${ref}, which is not defined`);
  return found;
}

/** Schema of the values of a map; undefined when the schema is no typed map. */
export function mapValues(schema: Schema): Schema | undefined {
  const { additionalProperties } = schema;
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

/** True for an object that takes any key: what Kubernetes defines, or `global`. */
export function isOpen(schema: Schema): boolean {
  const { type, additionalProperties } = schema;
  return type === 'object' && (additionalProperties === undefined || additionalProperties === true);
}

/** True where the walk ends: everything but a closed object with properties. */
export function isLeaf(schema: Schema): boolean {
  return schema.properties === undefined;
}

/** One place of the values tree. */
export interface Node {
  /** Keys from the root; {@link ANY_KEY} for the values of a map. */
  readonly path: readonly string[];
  /** The place's schema, references resolved. */
  readonly schema: Schema;
  /** True below a map: the place exists once for each entry, and Helm fills no default in. */
  readonly inMap: boolean;
}

/** Every place of the tree below the root, parents before children, in the schema's order. */
export function nodes(root: Schema): readonly Node[] {
  const walk = (schema: Schema, path: readonly string[], inMap: boolean): readonly Node[] => {
    const resolved = resolve(schema, root);
    const values = mapValues(resolved);
    return [
      { path, schema: resolved, inMap },
      ...Object.entries(resolved.properties ?? {}).flatMap(([key, child]) =>
        walk(child, [...path, key], inMap),
      ),
      ...(values === undefined ? [] : walk(values, [...path, ANY_KEY], true)),
    ];
  };
  return walk(root, [], false).slice(1);
}

/** Schema of one place, with real keys or {@link ANY_KEY} in the path; undefined when the schema knows no such place. */
export function schemaAt(root: Schema, path: readonly string[]): Schema | undefined {
  let at: Schema | undefined = resolve(root, root);
  for (const key of path) {
    const child: Schema | undefined = at.properties?.[key] ?? mapValues(at);
    if (child === undefined) return undefined;
    at = resolve(child, root);
  }
  return at;
}

/**
 * The default of a place: its own, laid over its properties' defaults.
 * Undefined when neither it nor anything below it has one.
 */
export function defaultOf(schema: Schema, root: Schema): Json | undefined {
  const resolved = resolve(schema, root);
  if (resolved.properties === undefined) return resolved.default;
  const below = Object.entries(resolved.properties).flatMap(([key, child]) => {
    const value = defaultOf(child, root);
    return value === undefined ? [] : [[key, value] as const];
  });
  if (below.length === 0) return resolved.default;
  return overlayDefault(Object.fromEntries(below), resolved.default);
}

/** All defaults of the chart: what values.yaml holds. */
export function defaultValues(root: Schema): JsonObject {
  return (defaultOf(root, root) ?? {}) as JsonObject;
}

/** What values.yaml holds at a path; where a definition is used, it may be the default of the place that uses it. */
export function defaultAt(root: Schema, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (at, key) => (at !== undefined && isJsonObject(at) ? at[key] : undefined),
    defaultOf(root, root),
  );
}

function overlayDefault(base: JsonObject, over: Json | undefined): Json {
  if (over === undefined) return base;
  if (!isJsonObject(over)) return over;
  const merged = Object.entries(over).map(([key, value]) => {
    const below = base[key];
    return [key, below !== undefined && isJsonObject(below) ? overlayDefault(below, value) : value] as const;
  });
  return { ...base, ...Object.fromEntries(merged) };
}

/** True for a JSON object, false for a list, a scalar and null. */
export function isJsonObject<T>(value: T): value is T & JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
