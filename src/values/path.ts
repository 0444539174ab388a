import { isMap, type Value } from './merge.ts';
import { ANY_KEY } from './schema-tree.ts';

/**
 * A path as people write it: `workers.pools.cpu.taskLimit`, `app.corsOrigins["http://localhost"]`;
 * `<name>` is any key of a map.
 */
export function showPath(keys: readonly string[]): string {
  return keys.reduce((text, key) => {
    if (key === ANY_KEY) return `${text}${text === '' ? '' : '.'}<name>`;
    if (!/^[A-Za-z0-9_-]+$/.test(key)) return `${text}[${JSON.stringify(key)}]`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
}

/** Keys of a JSON pointer: `/a~1b/0` gives `a/b` and `0`. */
export function pointerKeys(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/**
 * Keys of a path with dots between them, some of which may contain dots themselves: each is the longest that the map has.
 * From the first key that a map lacks, every dot separates two keys.
 */
export function keysOf(path: string, values: Value): readonly string[] {
  const parts = path.split('.');
  if (!isMap(values)) return parts;
  for (let length = parts.length; length > 0; length -= 1) {
    const key = parts.slice(0, length).join('.');
    if (!Object.hasOwn(values, key)) continue;
    const rest = parts.slice(length).join('.');
    return rest === '' ? [key] : [key, ...keysOf(rest, values[key] ?? null)];
  }
  return parts;
}

/** A value as shown to people: JSON, cut after 80 characters. */
export function showValue(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
