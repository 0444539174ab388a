import type { Problem } from '../report/problem.ts';
import type { Json, Schema } from '../schema/kit.ts';
import type { Inheritance } from '../schema/values.ts';
import { compileChecker } from './check-merged.ts';
import type { ValueMap } from './merge.ts';
import { showPath, showValue } from './path.ts';
import { ANY_KEY, defaultValues, isJsonObject, mapValues, type Node, nodes, resolve } from './schema-tree.ts';

/** Keywords of JSON Schema 2020-12 that Helm, editors and the type generator all read alike and report in one line. */
const KEYWORDS = new Set([
  ...[
    '$schema',
    '$ref',
    '$comment',
    'title',
    'description',
    'type',
    'default',
    'examples',
    'enum',
    'pattern',
  ],
  ...[
    'minLength',
    'maxLength',
    'minimum',
    'maximum',
    'minProperties',
    'maxProperties',
    'minItems',
    'maxItems',
  ],
  ...['properties', 'additionalProperties', 'propertyNames', 'required', 'items', '$defs'],
  'x-kubernetes-type',
]);

/** What may stand beside a `$ref`: the type generator and this project's own walk of the schema merge nothing else. */
const BESIDE_REF = new Set(['$ref', '$comment', 'title', 'description', 'default', 'examples']);

/**
 * What is wrong with the schema itself. A leaf has a default unless it stands below a map, or below an object with a default
 * of its own: there an absent key inherits, and Helm fills nothing in.
 */
export function metaCheck(root: Schema, inheritances: readonly Inheritance[]): readonly Problem[] {
  const all = nodes(root);
  return [
    ...checkRoot(root),
    ...all.flatMap((node) => [...checkShape(node), ...checkProse(node), ...checkDefault(node, root)]),
    ...subschemas(root).flatMap(([path, schema]) => checkKeywords(path, schema, root)),
    ...inheritances.flatMap((inheritance) => checkInheritance(inheritance, all)),
    ...unusedDefinitions(root),
    ...compileChecker(root)(defaultValues(root) as ValueMap).map(({ keys: _keys, ...problem }) => ({
      ...problem,
      message: `the default is refused: ${problem.message}`,
    })),
  ];
}

function checkRoot(root: Schema): readonly Problem[] {
  const { global, enabled } = root.properties ?? {};
  const isOpenGlobal = global?.type === 'object' && global.additionalProperties !== false;
  return [
    root.additionalProperties === false ? [] : [{ path: '', message: 'the root must be closed' }],
    isOpenGlobal
      ? []
      : [
          {
            path: 'global',
            message: 'the root must declare `global` as an open object: Helm puts it into every subchart',
          },
        ],
    enabled?.type === 'boolean'
      ? []
      : [
          {
            path: 'enabled',
            message: 'the root must declare the switch `enabled`: parent charts use it as a condition',
          },
        ],
  ].flat();
}

/** What others define: a parent chart's values, and objects of any kind. */
const openByPurpose = ['global', `extraObjects.${ANY_KEY}`];

function checkShape({ path, schema }: Node): readonly Problem[] {
  const types = [schema.type ?? []].flat();
  if (types.length === 0 && schema.enum === undefined) return [problem(path, 'has no type')];
  const isObject = types.includes('object' as never);
  const isClosed = schema.additionalProperties === false && schema.properties !== undefined;
  const isMap = mapValues(schema) !== undefined && schema.properties === undefined;
  const isKubernetes = schema['x-kubernetes-type'] !== undefined;
  const isOpenByPurpose = openByPurpose.includes(path.join('.'));
  const takesNull = types.includes('null' as never);
  return [
    !isObject || isClosed || isMap || isKubernetes || isOpenByPurpose
      ? []
      : [problem(path, 'is an object that is neither closed, nor a typed map, nor of a Kubernetes type')],
    types.includes('array') && schema.items === undefined ? [problem(path, 'is a list without `items`')] : [],
    takesNull && path.at(-1) !== ANY_KEY
      ? [problem(path, 'takes null, which only the entries of a map may')]
      : [],
  ].flat();
}

/** Keys are in camelCase; those of alerts are their names, which Prometheus' users write with a capital. */
function nameForm(path: readonly string[]): RegExp {
  return path.at(-2) === 'alerts' ? /^[A-Z][A-Za-z0-9]*$/ : /^[a-z][A-Za-z0-9]*$/;
}

function checkProse({ path, schema }: Node): readonly Problem[] {
  const isEntry = path.at(-1) === ANY_KEY;
  const name = path.at(-1) ?? '';
  return [
    isEntry || (schema.description ?? '') !== '' ? [] : [problem(path, 'has no description')],
    isEntry || nameForm(path).test(name) ? [] : [problem(path, 'is not named in camelCase')],
    path.length === 1 && schema.properties !== undefined && (schema.description ?? '') === ''
      ? [problem(path, 'is a section of the docs without an introduction')]
      : [],
  ].flat();
}

function checkDefault({ path, schema, inMap }: Node, root: Schema): readonly Problem[] {
  const own = schema.default;
  const nulls = [own, ...(schema.examples ?? []), ...(schema.enum ?? [])].some((value) => holdsNull(value));
  const isLeaf = schema.properties === undefined;
  return [
    nulls ? [problem(path, 'holds null in its default, examples or enum')] : [],
    inMap && own !== undefined
      ? [problem(path, 'has a default below a map, where Helm fills nothing in')]
      : [],
    isLeaf && !inMap && own === undefined && !inheritsFromParent(path, root) && !isHelmGlobal(path)
      ? [problem(path, 'has no default')]
      : [],
    ...(schema.examples ?? []).map((example) => checkExample(path, schema, example, root)),
  ].flat();
}

/** True for `prometheus.global`, which only Helm writes. */
function isHelmGlobal(path: readonly string[]): boolean {
  return path.length === 2 && path[1] === 'global';
}

/** True below an object with a default of its own: `image: {}` of a component inherits the root's image. */
function inheritsFromParent(path: readonly string[], root: Schema): boolean {
  let at = resolve(root, root);
  for (const key of path.slice(0, -1)) {
    at = resolve(at.properties?.[key] ?? {}, root);
    if (at.default !== undefined && at.properties !== undefined) return true;
  }
  return false;
}

function checkExample(
  path: readonly string[],
  schema: Schema,
  example: Json,
  root: Schema,
): readonly Problem[] {
  const wrapper: Schema = {
    type: 'object',
    properties: { example: schema },
    ...(root.$defs === undefined ? {} : { $defs: root.$defs }),
  };
  const found = compileChecker(wrapper)({ example } as ValueMap);
  return found.map(({ message }) =>
    problem(path, `the example ${showValue(example)} is refused: ${message}`),
  );
}

/** Every leaf of an entry must have its counterpart, with a default, in what it inherits, and the reverse. */
function checkInheritance({ from, by }: Inheritance, all: readonly Node[]): readonly Problem[] {
  const entry = [...by, ANY_KEY];
  const below = (prefix: readonly string[]) =>
    new Map(
      all
        .filter(
          ({ path }) => path.length > prefix.length && prefix.every((key, index) => path[index] === key),
        )
        .map((node) => [showPath(node.path.slice(prefix.length)), node] as const),
    );
  const [heirs, defaults] = [below(entry), below(from)];
  return [
    [...heirs.values()]
      .filter(({ path }) => !defaults.has(showPath(path.slice(entry.length))))
      .map(({ path }) => problem(path, `inherits nothing: \`${showPath(from)}\` has no such key`)),
    [...defaults.values()]
      .filter(({ path }) => !heirs.has(showPath(path.slice(from.length))))
      .map(({ path }) =>
        problem(path, `cannot be overridden: an entry of \`${showPath(by)}\` has no such key`),
      ),
  ].flat();
}

function checkKeywords(path: string, schema: Schema, root: Schema): readonly Problem[] {
  const say = (message: string): Problem => ({ path, message });
  const { $ref, pattern } = schema;
  const target = $ref === undefined ? undefined : $ref.replace(/^#\/\$defs\//, '');
  return [
    ...Object.keys(schema)
      .filter((keyword) => !KEYWORDS.has(keyword))
      .map((keyword) => say(`uses \`${keyword}\`, which readers of the schema treat differently`)),
    ...(target !== undefined && root.$defs?.[target] === undefined
      ? [say(`refers to ${$ref}, which is not in this file`)]
      : []),
    ...($ref === undefined ? [] : Object.keys(schema).filter((keyword) => !BESIDE_REF.has(keyword))).map(
      (keyword) => say(`has \`${keyword}\` beside \`$ref\`, where only annotations may stand`),
    ),
    ...(pattern === undefined ? [] : checkPattern(pattern).map(say)),
  ];
}

/** Helm's patterns are Go's: no look-around, no back-reference. A pattern without anchors would accept a part. */
function checkPattern(pattern: string): readonly string[] {
  return [
    /\(\?(?:[=!]|<[=!])/.test(pattern) ? [`the pattern ${pattern} looks around, which Go cannot`] : [],
    /\\[1-9]/.test(pattern) ? [`the pattern ${pattern} refers back, which Go cannot`] : [],
    pattern.startsWith('^') && pattern.endsWith('$')
      ? []
      : [`the pattern ${pattern} is not anchored at both ends`],
  ].flat();
}

function unusedDefinitions(root: Schema): readonly Problem[] {
  const used = new Set(subschemas(root).map(([, { $ref }]) => $ref));
  return Object.keys(root.$defs ?? {})
    .filter((name) => !used.has(`#/$defs/${name}`))
    .map((name) => ({ path: `$defs.${name}`, message: 'is never used' }));
}

/** Every schema written in the source, with a path for people; references are not followed. */
function subschemas(schema: Schema, path = ''): readonly (readonly [string, Schema])[] {
  const named = (children: Readonly<Record<string, Schema>> | undefined, prefix: string) =>
    Object.entries(children ?? {}).flatMap(([key, child]) =>
      subschemas(child, [prefix, key].filter(Boolean).join('.')),
    );
  const values = mapValues(schema);
  return [
    [path, schema] as const,
    ...named(schema.properties, path),
    ...named(schema.$defs, '$defs'),
    ...(values === undefined ? [] : subschemas(values, `${path}.<name>`)),
    ...(schema.items === undefined ? [] : subschemas(schema.items, `${path}.<item>`)),
    ...(schema.propertyNames === undefined ? [] : subschemas(schema.propertyNames, path)),
  ];
}

function holdsNull(value: Json | undefined | null): boolean {
  if (value === null) return true;
  if (Array.isArray(value)) return value.some(holdsNull);
  return isJsonObject(value) && Object.values(value as object).some(holdsNull);
}

function problem(path: readonly string[], message: string): Problem {
  return { path: showPath(path), message };
}
