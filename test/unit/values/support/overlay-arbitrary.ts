import fc from 'fast-check';
import type { Schema } from '../../../../src/schema/kit.ts';
import { isMap, type Value, type ValueMap } from '../../../../src/values/merge.ts';
import { showPath } from '../../../../src/values/path.ts';
import { ANY_KEY, isOpen, mapValues, type Node, nodes, resolve } from '../../../../src/values/schema-tree.ts';

/** One assignment of an overlay: a path with real keys, and its value. */
interface Setting {
  readonly keys: readonly string[];
  readonly value: Value;
}

/** What the makers of values share. */
interface Context {
  readonly root: Schema;
  /** Texts by the pattern that they match. */
  readonly texts: Map<string, fc.Arbitrary<string>>;
}

/** Names that a map without a rule for its keys may get. */
const freeNames = fc.constantFrom('one', 'two', 'a.b/c', 'X_1');

/**
 * Overlays that follow the schema, one to four settings each; about half of them get one fault of the kinds that people make:
 * an unknown key, a wrong type, malformed text, a value outside its range, a bad name, a null that deletes too much.
 */
export function overlayArbitrary(root: Schema): fc.Arbitrary<ValueMap> {
  const context: Context = { root, texts: new Map() };
  const all = nodes(root);
  const names = new Map(all.map(({ path, schema }) => [showPath(path), nameOf(schema, context)] as const));
  const at = (path: readonly string[], value: fc.Arbitrary<Value>) => settingAt(path, names, value);
  const places = all.filter(({ schema }) => schema.properties === undefined);
  const closed = [
    { path: [], schema: root },
    ...all.filter(({ schema }) => schema.additionalProperties === false),
  ];
  const named = all.filter(({ schema }) => schema.propertyNames !== undefined);
  const fault = fc.oneof(
    { weight: 3, arbitrary: fc.oneof(...places.map(({ path, schema }) => at(path, badValue(schema)))) },
    { weight: 2, arbitrary: fc.oneof(...closed.map(({ path }) => unknownKey(path, at))) },
    { weight: 1, arbitrary: fc.oneof(...named.map((node) => badName(node, context, at))) },
  );
  const setting = fc.oneof(...places.map(({ path, schema }) => at(path, validValue(schema, context))));
  const settings = fc.array(setting, { minLength: 1, maxLength: 4 });
  return fc
    .tuple(settings, fc.option(fault, { freq: 2 }))
    .map(([good, bad]) => [...good, ...(bad === null ? [] : [bad])].reduce(withSetting, {}));
}

/** A value that the schema takes. */
function validValue(schema: Schema, context: Context): fc.Arbitrary<Value> {
  const resolved = resolve(schema, context.root);
  if (resolved.enum !== undefined) return fc.constantFrom(...(resolved.enum as readonly Value[]));
  const types = [resolved.type ?? []].flat();
  return fc.oneof(...types.map((type) => validOfType(type, resolved, context)));
}

function validOfType(type: string, schema: Schema, context: Context): fc.Arbitrary<Value> {
  const { minimum = 0, maximum = 1_000_000, minLength = 0, maxLength = 40 } = schema;
  switch (type) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: minimum, max: maximum });
    case 'number':
      return fc
        .integer({ min: minimum * 4, max: Math.min(maximum, 1000) * 4 })
        .map((quarters) => quarters / 4);
    case 'null':
      return fc.constant(null);
    case 'string':
      return text(schema.pattern, minLength, maxLength, context);
    case 'array':
      return schema.items === undefined
        ? fc.constant([])
        : fc.array(validValue(schema.items, context), { maxLength: 2 });
    default:
      return object(schema, context);
  }
}

function text(
  pattern: string | undefined,
  minLength: number,
  maxLength: number,
  { texts }: Context,
): fc.Arbitrary<string> {
  if (pattern === undefined) return fc.string({ minLength, maxLength });
  // Making one from a pattern takes milliseconds, and few patterns are used in many places.
  const known = texts.get(pattern) ?? fc.stringMatching(new RegExp(pattern, 'u'), { size: 'small' });
  texts.set(pattern, known);
  return known.filter((word) => word.length >= minLength && word.length <= maxLength);
}

function object(schema: Schema, context: Context): fc.Arbitrary<Value> {
  const values = mapValues(schema);
  if (values !== undefined) {
    return fc.dictionary(nameOf(schema, context), validValue(values, context), {
      maxKeys: 2,
      noNullPrototype: true,
    });
  }
  const properties = Object.entries(schema.properties ?? {});
  if (properties.length > 0) {
    const members = Object.fromEntries(properties.map(([key, child]) => [key, validValue(child, context)]));
    return fc.record(members, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<ValueMap>;
  }
  return isOpen(schema) ? fc.constantFrom<Value>({}, { any: { thing: 1 } }) : fc.constant({});
}

function nameOf(schema: Schema, context: Context): fc.Arbitrary<string> {
  const { pattern, maxLength = 40 } = resolve(schema.propertyNames ?? {}, context.root);
  return pattern === undefined ? freeNames : text(pattern, 1, maxLength, context);
}

/** Something that people write by mistake; some places take it all the same. */
function badValue(schema: Schema): fc.Arbitrary<Value> {
  const { pattern, minimum, enum: allowed } = schema;
  const malformed = ['90 minutes', '1GB', '5 m', '-1', 'UPPER lower', 'ünï', '1h1h', '.', ' '];
  return fc.oneof(
    fc.constantFrom<Value>(true, 7, 'text', 1.5, [], ['x'], { surprise: 1 }, null),
    ...(pattern === undefined ? [] : [fc.constantFrom(...malformed)]),
    ...(allowed === undefined ? [] : [fc.constantFrom('Fixed', 'none', '')]),
    ...(minimum === undefined ? [] : [fc.constant(minimum - 1)]),
  );
}

type At = (path: readonly string[], value: fc.Arbitrary<Value>) => fc.Arbitrary<Setting>;

/** A key that no closed object of the schema has. */
function unknownKey(path: readonly string[], at: At): fc.Arbitrary<Setting> {
  const keys = ['replica', 'taskLimt', 'x', 'a/b', "it's", '~'];
  return fc.oneof(...keys.map((key) => at([...path, key], fc.constantFrom<Value>('v', 1, {}))));
}

/** A name that a map refuses. */
function badName({ path, schema }: Node, context: Context, at: At): fc.Arbitrary<Setting> {
  const value = validValue(mapValues(schema) ?? {}, context);
  const keys = ['Not A Name', '-x', 'ä', 'a/b c'];
  return fc.oneof(...keys.map((key) => at([...path, key], value)));
}

/** The path with real names for {@link ANY_KEY}, and a value. */
function settingAt(
  path: readonly string[],
  names: ReadonlyMap<string, fc.Arbitrary<string>>,
  value: fc.Arbitrary<Value>,
): fc.Arbitrary<Setting> {
  const keys = path.map((key, index) =>
    key === ANY_KEY ? (names.get(showPath(path.slice(0, index))) ?? freeNames) : fc.constant(key),
  );
  return fc.tuple(fc.tuple(...keys), value).map(([real, found]) => ({ keys: real, value: found }));
}

function withSetting(overlay: ValueMap, { keys, value }: Setting): ValueMap {
  const [key, ...rest] = keys;
  if (key === undefined) return overlay;
  const under = Object.hasOwn(overlay, key) ? overlay[key] : undefined;
  const next = rest.length === 0 ? value : withSetting(isMap(under) ? under : {}, { keys: rest, value });
  return { ...overlay, [key]: next };
}
