import type { Json, Schema } from '../schema/kit.ts';
import { defaultOf, isJsonObject, type JsonObject, resolve } from '../values/schema-tree.ts';
import { isPlainKey, toYaml } from '../values/write-yaml.ts';
import { generatedFrom } from './header.ts';

const WIDTH = 110;

/** `values.yaml`: every default in the schema's order, under its description. */
export function valuesYaml(root: Schema): string {
  const sections = Object.entries(resolve(root, root).properties ?? {}).flatMap(([key, schema]) => {
    const value = defaultOf(schema, root);
    return value === undefined ? [] : [property(key, schema, value, root, '').join('\n')];
  });
  return `# ${generatedFrom('src/schema/values.ts')}\n\n${sections.join('\n\n')}\n`;
}

function property(
  key: string,
  schema: Schema,
  value: Json,
  root: Schema,
  parentDescription: string,
): readonly string[] {
  const resolved = resolve(schema, root);
  const name = isPlainKey(key) ? key : JSON.stringify(key);
  const isEmpty = !isJsonObject(value) || Object.keys(value).length === 0;
  const comment = describe(resolved, isEmpty).flatMap((line) =>
    wrap(line, WIDTH - 2).map((part) => `# ${part}`),
  );
  if (resolved.properties === undefined || isEmpty) {
    return [...comment, ...leaf(name, value)];
  }
  const { description = '' } = resolved;
  if (areExplained(`${parentDescription} ${description}`, value))
    return [...comment, `${name}: ${flowMap(value)}`];
  return [...comment, `${name}:`, ...children(resolved, value, root).map(indent)];
}

/**
 * True for an object of scalars of which every key is named in its description or in that of its parent, as of a probe or an
 * alert: it is one line.
 */
function areExplained(description: string, value: JsonObject): boolean {
  return Object.entries(value).every(
    ([key, child]) => typeof child !== 'object' && description.includes(`\`${key}\``),
  );
}

function flowMap(value: JsonObject): string {
  const entries = Object.entries(value).map(([key, child]) =>
    leaf(isPlainKey(key) ? key : JSON.stringify(key), child),
  );
  return `{${entries.flat().join(', ')}}`;
}

function children(schema: Schema, value: JsonObject, root: Schema): readonly string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, child]) => {
    const at = value[key];
    return at === undefined ? [] : property(key, child, at, root, schema.description ?? '');
  });
}

function leaf(name: string, value: Json): readonly string[] {
  const text = toYaml(value).trimEnd();
  const isBlock = typeof value === 'object' && text !== '{}' && text !== '[]';
  return isBlock ? [`${name}:`, ...text.split('\n').map(indent)] : `${name}: ${text}`.split('\n');
}

function describe(schema: Schema, isEmpty: boolean): readonly string[] {
  const allowed = schema.enum === undefined ? [] : [`One of: ${schema.enum.map(String).join(', ')}.`];
  const keys = Object.keys(schema.properties ?? {});
  const open = isEmpty ? [`Keys: ${keys.join(', ')}.`] : [];
  return [
    ...(schema.description ?? '').split('\n').filter((line) => line !== ''),
    ...allowed,
    ...(keys.length === 0 ? [] : open),
  ];
}

function indent(line: string): string {
  return line === '' ? line : `  ${line}`;
}

/** Breaks a text at spaces into lines of at most `width` characters, where its words allow it. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
