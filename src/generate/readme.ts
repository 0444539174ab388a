import Handlebars from 'handlebars';
import { INT32, type Json, type Schema } from '../schema/kit.ts';
import { neededWhen, secretKeys } from '../schema/secret-keys.ts';
import type { Inheritance } from '../schema/values.ts';
import { showPath } from '../values/path.ts';
import { defaultAt, defaultOf, isLeaf, type Node, nodes, resolve } from '../values/schema-tree.ts';

/** One row of a values table. */
interface Row {
  /** `workers.pools.<name>.taskLimit`. */
  readonly path: string;
  readonly type: string;
  /** The default as JSON; `inherits` or `unset` where there is none. */
  readonly default: string;
  readonly description: string;
}

/** Data of the template of the chart's README. */
interface ReadmeContext {
  readonly generated: string;
  /** Name of the chart, and the oldest Kubernetes it runs on. */
  readonly chart: { readonly name: string; readonly kubernetes: string };
  /** Keys of the Secret: when each is needed, which pods read it, what it contains. */
  readonly secretKeys: readonly Readonly<Record<'key' | 'needed' | 'readers' | 'contents', string>>[];
  readonly sections: readonly {
    readonly key: string;
    readonly description: string;
    readonly rows: readonly Row[];
  }[];
}

/**
 * The chart's README from its handlebars template. Every name that the template uses must exist.
 * @param inherited maps whose entries have the keys of another place: listed there alone
 * @throws {Error} of handlebars when the template names something unknown
 */
export function chartReadme(
  template: string,
  root: Schema,
  chart: ReadmeContext['chart'],
  generated: string,
  inherited: readonly Inheritance[] = [],
): string {
  const render = Handlebars.compile<ReadmeContext>(template, { noEscape: true, strict: true });
  const keys = secretKeys.map((one) => ({
    key: one.key,
    needed: neededWhen(one),
    readers: one.readers.join(', '),
    contents: one.contents,
  }));
  return render({ generated, chart, secretKeys: keys, sections: sections(root, inherited) });
}

function sections(root: Schema, inherited: readonly Inheritance[]): ReadmeContext['sections'] {
  const all = nodes(root).filter(
    (node) => isRow(node) && !inherited.some(({ by }) => isBelow(node.path, by)),
  );
  const top = Object.entries(resolve(root, root).properties ?? {}).map(([key, schema]) => {
    const { description = '', properties } = resolve(schema, root);
    return { key, description, isGroup: properties !== undefined };
  });
  const rows = (keys: readonly string[]) =>
    all.filter(({ path }) => keys.includes(path[0] ?? '')).map((node) => row(node, root));
  const single = top.filter(({ isGroup }) => !isGroup).map(({ key }) => key);
  const groups = top.filter(({ isGroup }) => isGroup);
  return [
    ...groups.map(({ key, description }) => ({ key, description, rows: rows([key]) })),
    { key: 'other', description: 'Root values without a section.', rows: rows(single) },
  ];
}

/** Whether a place is below the entries of a map. */
function isBelow(path: readonly string[], map: readonly string[]): boolean {
  return path.length > map.length && map.every((key, index) => path[index] === key);
}

/** A row for every leaf; the row of a map describes its scalar entries as well. */
function isRow({ path, schema }: Node): boolean {
  return isLeaf(schema) && path.at(-1) !== '*';
}

function row({ path, schema, inMap }: Node, root: Schema): Row {
  // Where a definition is used, the default may be above it.
  const value = defaultAt(root, path) ?? defaultOf(schema, root);
  return {
    path: showPath(path),
    type: typeOf(schema, root),
    default: value === undefined ? (inMap ? 'inherits' : 'unset') : code(value),
    description: cell([schema.description ?? '', allowed(schema)].filter((part) => part !== '').join(' ')),
  };
}

function typeOf(schema: Schema, root: Schema): string {
  const { type = 'any', items, additionalProperties } = schema;
  const kubernetes = schema['x-kubernetes-type'];
  if (kubernetes !== undefined) return kubernetes.split('.').at(-1) ?? kubernetes;
  if (type === 'array') return `list of ${items === undefined ? 'any' : typeOf(resolve(items, root), root)}`;
  if (typeof additionalProperties === 'object') {
    const entry = resolve(additionalProperties, root);
    return `map of ${entry.title ?? typeOf(entry, root)}`;
  }
  return [type].flat().join(' or ');
}

function allowed(schema: Schema): string {
  if (schema.enum !== undefined)
    return `One of ${schema.enum.map((value) => `\`${String(value)}\``).join(', ')}.`;
  const limits = [
    schema.minimum === undefined ? [] : [`at least ${schema.minimum}`],
    schema.maximum === undefined || schema.maximum === INT32 ? [] : [`at most ${schema.maximum}`],
  ].flat();
  return limits.length === 0 ? '' : `${limits.join(', ').replace(/^a/, 'A')}.`;
}

function code(value: Json): string {
  return cell(`\`${JSON.stringify(value)}\``);
}

/** A cell of a table: one line, with column signs escaped. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
}
