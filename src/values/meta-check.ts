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

/** Keywords beside a `$ref`: the type generator and this project's own walk of the schema merge no others. */
const BESIDE_REF = new Set(['$ref', '$comment', 'title', 'description', 'default', 'examples']);

/**
 * Problems of the schema itself. A leaf has a default unless it is below a map, or below an object with a default: there an absent
 * key inherits, and Helm adds nothing.
 */
export function metaCheck(root: Schema, inheritances: readonly Inheritance[]): readonly Problem[] {
  const all = nodes(root);
  return [
    ...checkRoot(root),
    ...all.flatMap((node) => [...checkShape(node), ...checkProse(node), ...checkDefault(node, root)]),
    ...checkExamples(all, root),
    ...subschemas(root).flatMap(([path, schema]) => checkKeywords(path, schema)),
    ...inheritances.flatMap((inheritance) => checkInheritance(inheritance, all)),
    ...unusedDefinitions(root),
    ...compileChecker(root)(defaultValues(root) as ValueMap).map(({ keys, message }) =>
      problem(keys, 'default-refused', `the default is refused: ${message}`),
    ),
  ];
}

function checkRoot(root: Schema): readonly Problem[] {
  const { global, enabled } = root.properties ?? {};
  const isOpenGlobal = global?.type === 'object' && global.additionalProperties !== false;
  return [
    root.additionalProperties === false ? [] : [problem([], 'open-root', 'the root must be closed')],
    isOpenGlobal
      ? []
      : [
          problem(
            ['global'],
            'no-global',
            'the root must declare `global` as an open object: Helm copies it into every subchart',
          ),
        ],
    enabled?.type === 'boolean'
      ? []
      : [
          problem(
            ['enabled'],
            'no-enabled',
            'the root must declare the boolean `enabled`: parent charts use it as a condition',
          ),
        ],
  ].flat();
}

/** What others define: a parent chart's values, and objects of any kind. */
const openByPurpose = ['global', `extraObjects.${ANY_KEY}`];

function checkShape({ path, schema }: Node): readonly Problem[] {
  const types = [schema.type ?? []].flat();
  if (types.length === 0 && schema.enum === undefined) return [problem(path, 'no-type', 'has no type')];
  const isObject = types.includes('object' as never);
  const isClosed = schema.additionalProperties === false && schema.properties !== undefined;
  const isMap = mapValues(schema) !== undefined && schema.properties === undefined;
  const isKubernetes = schema['x-kubernetes-type'] !== undefined;
  const isOpenByPurpose = openByPurpose.includes(path.join('.'));
  const takesNull = types.includes('null' as never);
  return [
    !isObject || isClosed || isMap || isKubernetes || isOpenByPurpose
      ? []
      : [
          problem(
            path,
            'open-object',
            'is an object that is neither closed, nor a typed map, nor of a Kubernetes type',
          ),
        ],
    types.includes('array') && schema.items === undefined
      ? [problem(path, 'no-items', 'is a list without `items`')]
      : [],
    takesNull && path.at(-1) !== ANY_KEY
      ? [problem(path, 'null-type', 'takes null, which only the entries of a map may')]
      : [],
  ].flat();
}

/** Keys are in camelCase; those of alerts are their names, which Prometheus' users write with a capital. */
function nameForm(path: readonly string[]): RegExp {
  return path.at(-2) === 'alerts' ? /^[A-Z][A-Za-z0-9]*$/ : /^[a-z][A-Za-z0-9]*$/;
}

const kinds =
  'ConfigMap Deployment HTTPRoute Ingress Job PodDisruptionBudget PodMonitor Service ServiceAccount StatefulSet';

/** Whether a description names what its value sets: a field or an option in backticks, an environment variable, a kind. */
function namesField(description: string): boolean {
  const kind = new RegExp(`\\b(${kinds.replaceAll(' ', '|')})s?\\b`);
  return /`[^`]+`|\b[A-Z0-9]+_[A-Z0-9_]+\b/.test(description) || kind.test(description);
}

function checkProse({ path, schema }: Node): readonly Problem[] {
  const isEntry = path.at(-1) === ANY_KEY;
  const name = path.at(-1) ?? '';
  return [
    isEntry || (schema.description ?? '') !== ''
      ? []
      : [problem(path, 'no-description', 'has no description')],
    isEntry || nameForm(path).test(name)
      ? []
      : [problem(path, 'not-camel-case', 'is not named in camelCase')],
    isEntry || schema.properties !== undefined || namesField(schema.description ?? '')
      ? []
      : [problem(path, 'names-no-field', 'has a description that names no field, option, variable or kind')],
    path.length === 1 && schema.properties !== undefined && (schema.description ?? '') === ''
      ? [problem(path, 'no-introduction', 'is a section of the docs without an introduction')]
      : [],
  ].flat();
}

function checkDefault({ path, schema, inMap }: Node, root: Schema): readonly Problem[] {
  const own = schema.default;
  const nulls = [own, ...(schema.examples ?? []), ...(schema.enum ?? [])].some((value) => holdsNull(value));
  const isLeaf = schema.properties === undefined;
  return [
    nulls ? [problem(path, 'null-value', 'has null in its default, examples or enum')] : [],
    inMap && own !== undefined
      ? [problem(path, 'default-in-map', 'has a default below a map, where Helm adds nothing')]
      : [],
    isLeaf && !inMap && own === undefined && !inheritsFromParent(path, root) && !isHelmGlobal(path)
      ? [problem(path, 'no-default', 'has no default')]
      : [],
  ].flat();
}

/** True for `prometheus.global`, which only Helm writes. */
function isHelmGlobal(path: readonly string[]): boolean {
  return path.length === 2 && path[1] === 'global';
}

/** True below an object with a default: `image: {}` of a component inherits the root's image. */
function inheritsFromParent(path: readonly string[], root: Schema): boolean {
  let at = resolve(root, root);
  for (const key of path.slice(0, -1)) {
    at = resolve(at.properties?.[key] ?? {}, root);
    if (at.default !== undefined && at.properties !== undefined) return true;
  }
  return false;
}

/** Each example must be a value that its schema accepts. All of them are checked as one object, by one compiled schema. */
function checkExamples(all: readonly Node[], root: Schema): readonly Problem[] {
  const examples = all.flatMap(({ path, schema }) =>
    (schema.examples ?? []).map((example) => ({ path, schema, example })),
  );
  const wrapper: Schema = {
    type: 'object',
    properties: Object.fromEntries(examples.map(({ schema }, index) => [String(index), schema])),
    ...(root.$defs === undefined ? {} : { $defs: root.$defs }),
  };
  const values = Object.fromEntries(examples.map(({ example }, index) => [String(index), example]));
  return compileChecker(wrapper)(values as ValueMap).flatMap(({ keys: [index], message }) => {
    const refused = examples[Number(index)];
    if (refused === undefined) return [];
    const text = `the example ${showValue(refused.example)} is refused: ${message}`;
    return [problem(refused.path, 'example-refused', text)];
  });
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
      .map(({ path }) =>
        problem(path, 'inherits-nothing', `inherits nothing: \`${showPath(from)}\` has no such key`),
      ),
    [...defaults.values()]
      .filter(({ path }) => !heirs.has(showPath(path.slice(from.length))))
      .map(({ path }) =>
        problem(
          path,
          'not-overridable',
          `cannot be overridden: an entry of \`${showPath(by)}\` has no such key`,
        ),
      ),
  ].flat();
}

function checkKeywords(path: string, schema: Schema): readonly Problem[] {
  const at = (code: string, message: string): Problem => ({ path, code, message });
  const { $ref, pattern } = schema;
  const keywords = Object.keys(schema);
  return [
    ...keywords
      .filter((keyword) => !KEYWORDS.has(keyword))
      .map((keyword) => at('keyword', `uses \`${keyword}\`, which readers of the schema treat differently`)),
    ...($ref === undefined ? [] : keywords.filter((keyword) => !BESIDE_REF.has(keyword))).map((keyword) =>
      at('beside-reference', `has \`${keyword}\` beside \`$ref\`, where only annotations are allowed`),
    ),
    ...(pattern === undefined ? [] : checkPattern(pattern)).map((message) => at('pattern', message)),
  ];
}

/** Helm's patterns are Go's: no assertions before or after a match, no back-references. Without anchors a part would be enough. */
function checkPattern(pattern: string): readonly string[] {
  return [
    /\(\?(?:[=!]|<[=!])/.test(pattern)
      ? [`the pattern ${pattern} has a lookaround, which Go does not support`]
      : [],
    /\\[1-9]/.test(pattern) ? [`the pattern ${pattern} has a back-reference, which Go does not support`] : [],
    pattern.startsWith('^') && pattern.endsWith('$')
      ? []
      : [`the pattern ${pattern} is not anchored at both ends`],
  ].flat();
}

function unusedDefinitions(root: Schema): readonly Problem[] {
  const used = new Set(subschemas(root).map(([, { $ref }]) => $ref));
  return Object.keys(root.$defs ?? {})
    .filter((name) => !used.has(`#/$defs/${name}`))
    .map((name) => ({ path: `$defs.${name}`, code: 'unused-definition', message: 'is never used' }));
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

function problem(path: readonly string[], code: string, message: string): Problem {
  return { path: showPath(path), code, message };
}
