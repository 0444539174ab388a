import type { Schema } from '../schema/kit.ts';
import { showPath } from './path.ts';
import { ANY_KEY, nodes } from './schema-tree.ts';

/** Number of single-letter insertions, deletions, replacements and swaps of neighbours between two words. */
export function editDistance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= from.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const cost = from[row - 1] === to[column - 1] ? 0 : 1;
      const isSwap =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      line.push(
        Math.min(
          (rows[row - 1]?.[column] ?? 0) + 1,
          (line[column - 1] ?? 0) + 1,
          (rows[row - 1]?.[column - 1] ?? 0) + cost,
          isSwap ? (rows[row - 2]?.[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    rows.push(line);
  }
  return rows[from.length]?.[to.length] ?? 0;
}

/** The known key that a misspelt one most likely means; undefined when none is close. */
export function nearestKey(key: string, known: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(Math.max(key.length, 3) / 3));
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(key.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort(
      (left, right) => left.distance - right.distance || left.candidate.localeCompare(right.candidate, 'en'),
    );
  return ranked[0]?.candidate;
}

/** Places of the values that have the last key of a path as theirs: at most three, those that share most of the way first. */
export function placesOf(keys: readonly string[], root: Schema): readonly string[] {
  const shared = (path: readonly string[]) => {
    const fork = path.findIndex((key, index) => key !== ANY_KEY && key !== keys[index]);
    return fork === -1 ? path.length : fork;
  };
  return nodes(root)
    .filter(({ path }) => path.at(-1) === keys.at(-1))
    .sort((left, right) => shared(right.path) - shared(left.path) || left.path.length - right.path.length)
    .slice(0, 3)
    .map(({ path }) => showPath(path));
}
