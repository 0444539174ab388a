import { posix } from 'node:path';
import type { TextFile } from './repository.ts';

/**
 * Import cycles between folders of the TypeScript code, e.g. `lab → src → lab`: between the top-level folders, and
 * between these with each folder of `src` in place of `src`. Each cycle is listed once, the shortest through a folder.
 */
export function folderCycles(files: readonly TextFile[]): readonly string[] {
  const cycles = new Set<string>();
  for (const folderOf of [topFolder, folderInSource]) {
    const imports = importsOfFolders(files, folderOf);
    for (const folder of imports.keys()) {
      const cycle = shortestCycle(folder, imports);
      if (cycle !== undefined) cycles.add(fromFirstName(cycle));
    }
  }
  return [...cycles].sort();
}

/** Which other folders each folder imports. */
function importsOfFolders(
  files: readonly TextFile[],
  folderOf: (path: string) => string,
): ReadonlyMap<string, ReadonlySet<string>> {
  const imports = new Map<string, Set<string>>();
  for (const { path, text } of files.filter((file) => /\.[mc]?ts$/.test(file.path))) {
    const folder = folderOf(path);
    const targets = imports.get(folder) ?? new Set();
    for (const target of importedBy(path, text).map(folderOf)) if (target !== folder) targets.add(target);
    imports.set(folder, targets);
  }
  return imports;
}

/** The shortest chain of imports from a folder back to itself, by breadth-first search. */
function shortestCycle(
  start: string,
  imports: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] | undefined {
  const queue: (readonly string[])[] = [[start]];
  const visited = new Set<string>();
  for (const path of queue) {
    for (const next of imports.get(path.at(-1) ?? '') ?? []) {
      if (next === start) return path;
      if (visited.has(next)) continue;
      visited.add(next);
      queue.push([...path, next]);
    }
  }
  return undefined;
}

/** The same text for a cycle, whichever folder the search began with. */
function fromFirstName(cycle: readonly string[]): string {
  const first = cycle.indexOf([...cycle].sort()[0] ?? '');
  const rotated = [...cycle.slice(first), ...cycle.slice(0, first)];
  return [...rotated, rotated[0]].join(' → ');
}

function topFolder(path: string): string {
  return path.includes('/') ? (path.split('/')[0] ?? '') : '.';
}

function folderInSource(path: string): string {
  const top = topFolder(path);
  return top === 'src' ? path.split('/').slice(0, 2).join('/') : top;
}

/** The modules of this repository that a module imports; JSON is data, not a module. */
function importedBy(path: string, text: string): readonly string[] {
  const targets = text.matchAll(/(?:from|import|import\()\s*['"](\.{1,2}\/[^'"]+)['"]/g);
  return [...targets]
    .map(([, target = '']) => posix.normalize(posix.join(posix.dirname(path), target)))
    .filter((target) => !target.endsWith('.json'));
}
