import { apiVersionOf, type Kind } from './kinds.ts';

/** A schema as its source writes it, or as we write it: plain JSON. */
export type Schema = Readonly<Record<string, unknown>>;

/** Schemas by their Kubernetes name: `io.k8s.api.apps.v1.Deployment`. */
export type Definitions = ReadonlyMap<string, Schema>;

/** A source that this converter does not understand; guessing would make a schema that accepts too much. */
export class SchemaSourceError extends Error {
  override readonly name = 'SchemaSourceError';
  readonly path: string;

  constructor(path: string, message: string) {
    super(`${path}: ${message}`);
    this.path = path;
  }
}

/** Carried over as they are. */
const kept = new Set([
  ...['type', 'enum', 'required', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum'],
  ...['minItems', 'maxItems', 'minProperties', 'maxProperties'],
]);
/** Prose, server-side defaults, and what only a server merges by. */
const dropped = /^(description|default|nullable|x-kubernetes-.*)$/;
/** What a format demands in draft-07 words; the others demand nothing beyond the type. */
const formats: Readonly<Record<string, Schema>> = {
  int32: { minimum: -2_147_483_648, maximum: 2_147_483_647 },
  byte: { contentEncoding: 'base64' },
  'date-time': { format: 'date-time' },
  int64: {},
  double: {},
  'int-or-string': {},
};

/**
 * A definition as strict draft-07: a declared object refuses unknown fields, null is refused although a server
 * takes it for "absent" (in a manifest it is a template's mistake), and `$ref`s point into `#/definitions`.
 * @throws {SchemaSourceError} on a keyword that has no known translation.
 */
export function strictDefinition(name: string, source: Schema): Schema {
  return node(source, name);
}

/**
 * A complete schema of one kind: its own shape at the top, all it refers to in `definitions`.
 * `apiVersion` and `kind` are pinned and required, and so is `metadata`.
 * @throws {SchemaSourceError} when the source lacks the kind or something it refers to.
 */
export function kindSchema(kind: Kind, sources: Definitions): Schema {
  const name = nameOfKind(kind, sources);
  const { [name]: root, ...rest } = reachable(name, sources);
  const own = root as { properties: Schema; required?: readonly string[] };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...own,
    properties: {
      ...own.properties,
      apiVersion: { type: 'string', enum: [apiVersionOf(kind)] },
      kind: { type: 'string', enum: [kind.kind] },
    },
    required: [...new Set(['apiVersion', 'kind', 'metadata', ...(own.required ?? [])])].sort(),
    definitions: rest,
  };
}

/** Every definition that a manifest of one of the kinds can contain, for values that are passed through to Kubernetes. */
export function definitionsSchema(kinds: readonly Kind[], sources: Definitions): Schema {
  const all = Object.assign({}, ...kinds.map((kind) => reachable(nameOfKind(kind, sources), sources)));
  return { $schema: 'http://json-schema.org/draft-07/schema#', definitions: sorted(all) };
}

/** One definition a line: small, and a diff names the definition that changed. Ends with a newline. */
export function formatSchema(schema: Schema): string {
  const lines = Object.entries(schema).map(([key, value]) => {
    if (key !== 'definitions') return `${JSON.stringify(key)}:${JSON.stringify(value)}`;
    const entries = Object.entries(value as Schema).map(
      ([name, definition]) => `${JSON.stringify(name)}:${JSON.stringify(definition)}`,
    );
    return entries.length === 0 ? '"definitions":{}' : `"definitions":{\n${entries.join(',\n')}\n}`;
  });
  return `{\n${lines.join(',\n')}\n}\n`;
}

function nameOfKind(kind: Kind, sources: Definitions): string {
  for (const [name, source] of sources) {
    const served = (source['x-kubernetes-group-version-kind'] ?? []) as readonly Kind[];
    const [only] = served;
    // Options and lists of many groups are served in all of them; any other kind is served in one.
    if (served.length !== 1 || only === undefined) continue;
    if (only.group === kind.group && only.version === kind.version && only.kind === kind.kind) return name;
  }
  throw new SchemaSourceError(`${apiVersionOf(kind)} ${kind.kind}`, 'the source has no such kind');
}

function reachable(root: string, sources: Definitions): Record<string, Schema> {
  const found: Record<string, Schema> = {};
  const open = [root];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name in found) continue;
    const source = sources.get(name);
    if (source === undefined) throw new SchemaSourceError(name, 'is referred to, but not defined');
    found[name] = strictDefinition(name, source);
    open.push(...references(source));
  }
  return sorted(found);
}

function* references(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (key === '$ref' && typeof child === 'string') yield lastSegment(child);
    else yield* references(child);
  }
}

function node(source: Schema, path: string): Schema {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(source)) {
    if (dropped.test(key)) continue;
    if (kept.has(key)) result[key] = key === 'type' ? withoutNull(value, path) : value;
    else if (key === '$ref') result.$ref = `#/definitions/${lastSegment(String(value))}`;
    else if (key === 'allOf') Object.assign(result, node(onlyOne(value, path), path));
    else if (key === 'items') result.items = node(value as Schema, `${path}[]`);
    else if (key === 'properties') result.properties = properties(value as Schema, path);
    else if (key === 'additionalProperties') result[key] = isSchema(value) ? node(value, `${path}.*`) : value;
    else if (key === 'oneOf' || key === 'anyOf')
      result[key] = (value as readonly Schema[]).map((one) => node(one, path));
    else if (key === 'format') Object.assign(result, format(String(value), path));
    else throw new SchemaSourceError(path, `keyword ${key} has no known translation`);
  }
  const open = source['x-kubernetes-preserve-unknown-fields'] === true || 'additionalProperties' in source;
  if ('properties' in source && !open) result.additionalProperties = false;
  return sorted(result);
}

function properties(source: Schema, path: string): Schema {
  const all = Object.entries(source).map(([key, value]) => [key, node(value as Schema, `${path}.${key}`)]);
  return sorted(Object.fromEntries(all) as Schema);
}

function format(name: string, path: string): Schema {
  const demands = formats[name];
  if (demands === undefined) throw new SchemaSourceError(path, `format ${name} has no known translation`);
  return demands;
}

function onlyOne(value: unknown, path: string): Schema {
  const [first, ...more] = value as readonly Schema[];
  if (first === undefined || more.length > 0)
    throw new SchemaSourceError(path, 'allOf of other than one schema');
  return first;
}

function withoutNull(type: unknown, path: string): unknown {
  if (!Array.isArray(type)) return type;
  const [only, ...more] = type.filter((one) => one !== 'null');
  if (only === undefined || more.length > 0) throw new SchemaSourceError(path, `type ${type.join(' or ')}`);
  return only;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}

function lastSegment(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
