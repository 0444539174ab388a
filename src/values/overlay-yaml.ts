import {
  type Alias,
  type Document,
  isAlias,
  isMap as isMapNode,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  Scalar,
  type YAMLMap,
} from 'yaml';
import type { Problem } from '../report/problem.ts';
import { coreScalar, helmScalar, isAmbiguousPlainScalar } from './helm-yaml.ts';
import type { Value, ValueMap } from './merge.ts';
import { showPath, showValue } from './path.ts';

/** Position of a value in its file; both 1-based. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A YAML document as Helm reads it. */
export interface HelmDocument {
  readonly value: Value;
  /** Positions of keys and list items, by {@link positionKey}. */
  readonly positions: ReadonlyMap<string, Position>;
  readonly problems: readonly Problem[];
}

/** Values that one file may expand to; a file of aliases to aliases grows without end. */
const MOST_VALUES = 100_000;

/** Identifies a path in {@link HelmDocument.positions}. */
export function positionKey(keys: readonly string[]): string {
  return keys.join('\u0000');
}

/**
 * Reads a document, parsed with the `failsafe` schema, as Helm does: plain scalars by Helm's rules, aliases expanded, `<<` merged.
 * What Helm would refuse, silently overrule or read otherwise than YAML 1.2 becomes a problem.
 */
export function readAsHelm(document: Document.Parsed, lines: LineCounter): HelmDocument {
  const positions = new Map<string, Position>();
  const problems: Problem[] = [];
  let values = 0;

  const at = (node: Node | null | undefined): Position | undefined => {
    const offset = node?.range?.[0];
    if (offset === undefined) return undefined;
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const report = (node: Node | null, keys: readonly string[], problem: Problem) => {
    problems.push({ ...problem, ...at(node), ...(keys.length === 0 ? {} : { path: showPath(keys) }) });
  };

  const read = (node: Node | null, keys: readonly string[]): Value => {
    values += 1;
    if (values > MOST_VALUES) return null;
    if (node === null) return null;
    if (isAlias(node)) return read(target(node), keys);
    if (isScalar(node)) return readScalar(node, keys);
    checkTag(node, keys);
    if (isSeq(node)) {
      return node.items.map((item, index) => {
        const itemKeys = [...keys, String(index)];
        place(itemKeys, item as Node | null);
        return read(item as Node | null, itemKeys);
      });
    }
    return isMapNode(node) ? readMap(node, keys) : null;
  };

  const target = (alias: Alias): Node | null => alias.resolve(document) ?? null;

  const place = (keys: readonly string[], node: Node | null) => {
    const position = at(node);
    if (position !== undefined) positions.set(positionKey(keys), position);
  };

  const readScalar = (node: Scalar, keys: readonly string[]): Value => {
    const text = String(node.value);
    if (node.tag === 'tag:yaml.org,2002:str' || node.tag === '!') return text;
    checkTag(node, keys);
    if (node.type !== Scalar.PLAIN) return text;
    if (isAmbiguousPlainScalar(text)) report(node, keys, ambiguity(text));
    return helmScalar(text);
  };

  const checkTag = (node: Node, keys: readonly string[]) => {
    const { tag } = node as { readonly tag?: string };
    if (tag === undefined || tag === 'tag:yaml.org,2002:map' || tag === 'tag:yaml.org,2002:seq') return;
    report(node, keys, {
      code: 'explicit-tag',
      message: 'readers differ on explicit tags',
      found: tag.replace('tag:yaml.org,2002:', '!!'),
      remedy: 'write the plain value, or text in quotes',
    });
  };

  const readMap = (node: YAMLMap, keys: readonly string[]): ValueMap => {
    const entries = new Map<string, Value>();
    const own = new Map<string, Node>();
    const merged: Node[] = [];
    for (const { key, value } of node.items) {
      const keyNode = key as Node;
      const valueNode = value as Node | null;
      if (isMergeKey(keyNode)) {
        if (valueNode !== null) merged.push(valueNode);
        continue;
      }
      const name = readKey(keyNode, keys);
      if (name === undefined) continue;
      const first = own.get(name);
      if (first !== undefined) {
        const line = at(first)?.line;
        const message = `duplicate key \`${name}\`: it is already on line ${line}, and Helm silently keeps only the last`;
        report(keyNode, [...keys, name], { code: 'duplicate-key', message, remedy: 'remove one of the two' });
      }
      own.set(name, keyNode);
      place([...keys, name], keyNode);
      entries.set(name, read(valueNode, [...keys, name]));
    }
    for (const [name, value] of merged.flatMap((source) => mergedEntries(source, keys))) {
      if (!entries.has(name)) entries.set(name, value);
    }
    return Object.fromEntries(entries);
  };

  /** Entries that `<<` brings, nearest first: a key of the map itself wins over all of them. */
  const mergedEntries = (source: Node, keys: readonly string[]): readonly (readonly [string, Value])[] => {
    const node = isAlias(source) ? target(source) : source;
    if (isSeq(node)) return node.items.flatMap((item) => mergedEntries(item as Node, keys));
    const before = new Map(positions);
    const value = read(node, keys);
    for (const [key, position] of before) positions.set(key, position);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
    report(source, keys, { code: 'merge-key', message: '`<<` merges maps only', found: showValue(value) });
    return [];
  };

  const readKey = (node: Node, keys: readonly string[]): string | undefined => {
    if (!isScalar(node)) {
      report(node, keys, {
        code: 'key-not-text',
        message: 'a key must be text',
        remedy: 'write the key in quotes',
      });
      return undefined;
    }
    const text = String(node.value);
    if (node.type !== Scalar.PLAIN) return text;
    const value = helmScalar(text);
    if (value === null) {
      report(node, keys, {
        code: 'null-key',
        message: 'a key is missing: Helm refuses null as a key',
        found: text,
        remedy: 'write the key in quotes',
      });
      return undefined;
    }
    // Every key becomes text for Helm; `0x10` becomes "16", though YAML 1.2 has the same number.
    if (typeof value !== 'string' && String(value) !== text) {
      const message = `Helm reads the key \`${text}\` as ${showValue(String(value))}`;
      report(node, keys, { code: 'ambiguous-key', message, remedy: `write ${showValue(text)} in quotes` });
    }
    return typeof value === 'number' && !Number.isFinite(value) ? text : String(value);
  };

  const value = read(document.contents, []);
  if (values > MOST_VALUES) {
    problems.push({
      code: 'aliases',
      message: `aliases expand to more than ${MOST_VALUES} values`,
      remedy: 'write the values out',
    });
  }
  return { value, positions, problems };
}

function isMergeKey(node: Node): boolean {
  return isScalar(node) && node.type === Scalar.PLAIN && node.value === '<<';
}

function ambiguity(text: string): Problem {
  const helm = helmScalar(text);
  const core = coreScalar(text);
  if (typeof helm === 'number' && !Number.isFinite(helm)) {
    return {
      code: 'ambiguous-scalar',
      message: `Helm refuses \`${text}\`: JSON has no such number`,
      found: text,
      remedy: `write "${text}" for text`,
    };
  }
  return {
    code: 'ambiguous-scalar',
    message: `Helm reads \`${text}\` as ${describe(helm)}, YAML 1.2 as ${describe(core)}`,
    found: text,
    remedy: `write ${typeof helm === 'string' ? '' : `${String(helm)}, or `}"${text}" for text`,
  };
}

function describe(value: string | number | boolean | null): string {
  return typeof value === 'string' ? `the text "${value}"` : String(value);
}
