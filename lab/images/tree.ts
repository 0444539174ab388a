import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { TarEntry } from './tar.ts';

/** Who owns what is packed. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export const rootOwner: Owner = { uid: 0, gid: 0 };

/** How a folder of this machine becomes entries of a layer. */
export interface TreeOptions {
  /** Path of the folder's content in the image, without leading slash; the image's root when absent. */
  readonly at?: string;
  /**
   * `as-found` keeps owners and permissions (a Debian tree, whose packages set them); an owner gives everything to that
   * owner, readable by all, because a clone's permissions depend on the umask it was made with.
   */
  readonly owner: Owner | 'as-found';
}

/** Everything below a folder, without the folder itself. Devices and sockets stay out. */
export function treeEntries(folder: string, options: TreeOptions): readonly TarEntry[] {
  const entries: TarEntry[] = [];
  for (const name of readdirSync(folder)) {
    const path = posix.join(options.at ?? '', name);
    const place = join(folder, name);
    const found = lstatSync(place);
    const common = { path, ...permissions(found, options.owner) };
    if (found.isDirectory()) {
      entries.push({ kind: 'directory', ...common });
      entries.push(...treeEntries(place, { ...options, at: path }));
    } else if (found.isSymbolicLink()) {
      entries.push({ kind: 'symlink', target: readlinkSync(place), ...common, mode: 0o777 });
    } else if (found.isFile()) {
      entries.push({ kind: 'file', content: { file: place, size: found.size }, ...common });
    }
  }
  return entries;
}

function permissions(
  found: { mode: number; uid: number; gid: number; isDirectory(): boolean },
  owner: Owner | 'as-found',
) {
  // No image of the lab needs a set-user-id program.
  if (owner === 'as-found') return { mode: found.mode & 0o1777, uid: found.uid, gid: found.gid };
  return { mode: found.isDirectory() || (found.mode & 0o100) !== 0 ? 0o755 : 0o644, ...owner };
}

/** A folder with a given owner: something that a process may write to. */
export function directory(path: string, owner: Owner = rootOwner, mode = 0o755): TarEntry {
  return { kind: 'directory', path, mode, ...owner };
}

/** A small text file. */
export function textFile(
  path: string,
  content: string,
  options: { mode?: number; owner?: Owner } = {},
): TarEntry {
  return {
    kind: 'file',
    path,
    content: Buffer.from(content),
    mode: options.mode ?? 0o644,
    ...(options.owner ?? rootOwner),
  };
}

/** A program of this machine, executable in the image. */
export function programFile(path: string, file: string): TarEntry {
  return { kind: 'file', path, content: { file, size: lstatSync(file).size }, mode: 0o755, ...rootOwner };
}

/** A symbolic link. */
export function symlink(path: string, target: string): TarEntry {
  return { kind: 'symlink', path, target, mode: 0o777, ...rootOwner };
}

/**
 * What a layer holds: sorted by path, so that a folder comes before its content; of two entries with one path the later
 * counts; folders that nobody named belong to root.
 */
export function layerEntries(entries: readonly TarEntry[]): readonly TarEntry[] {
  const byPath = new Map<string, TarEntry>();
  for (const entry of entries) {
    for (let parent = posix.dirname(entry.path); parent !== '.'; parent = posix.dirname(parent)) {
      if (!byPath.has(parent)) byPath.set(parent, directory(parent));
    }
    byPath.set(entry.path, entry);
  }
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
