import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, utimes } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { withLock } from '../process/lock.mjs';
import { ProblemError } from '../report/problem.ts';
import { type Progress, progressOf, stoppedBy } from './progress.ts';

/** Longest wait for another process that builds the same: far above the slowest build. */
const waitMs = 90 * 60 * 1000;

/** Where everything that was fetched or built is kept, shared by all clones: `${XDG_CACHE_HOME:-~/.cache}/audio-processor`. */
export function cacheRoot(): string {
  const base = process.env.XDG_CACHE_HOME;
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'audio-processor');
}

/** The folder that `cached` gives for this key, whether it exists yet or not. */
export function cachePath(kind: string, key: string): string {
  return join(cacheRoot(), kind, key);
}

/** Whether the folder of this key is complete. */
export function isCached(kind: string, key: string): boolean {
  return existsSync(cachePath(kind, key));
}

/**
 * The folder `<cacheRoot>/<kind>/<key>`, built at the first call and never changed afterwards.
 * It is built in a sibling and renamed, so it is whole or absent even after kill -9 or a full disk.
 * Several processes that call this at once get one builder; the others wait for it.
 * @param key everything that the content depends on, usually a name and `hashOf(…)`.
 * @param build fills the given folder; the folder's path is not the final one.
 * @throws what `build` throws; nothing is kept then.
 * @throws {LockedError} when another process builds the same for 90 minutes.
 * @throws {ProblemError} when nothing can be written there.
 */
export async function cached(
  kind: string,
  key: string,
  build: (dir: string) => Promise<void>,
  progress: Progress = progressOf(),
): Promise<string> {
  const final = cachePath(kind, key);
  if (existsSync(final)) return used(final);
  await mkdir(dirname(final), { recursive: true }).catch((error: unknown) => cannotWrite(final, error));
  return withLock(
    final,
    `the build of ${key}`,
    async () => {
      if (existsSync(final)) return final;
      await removeLeftovers(final);
      const draft = `${final}.building-${process.pid}`;
      await mkdir(draft).catch((error: unknown) => cannotWrite(final, error));
      try {
        await build(draft);
        await rename(draft, final);
      } catch (error) {
        await rm(draft, { recursive: true, force: true });
        if (!existsSync(final)) throw error;
      }
      return final;
    },
    { waitMs, onWait: (holder) => progress.note(`waiting: ${holder}`), ...stoppedBy(progress) },
  );
}

function cannotWrite(folder: string, error: unknown): never {
  throw new ProblemError([
    {
      message: `nothing can be written to ${dirname(folder)}`,
      found: error instanceof Error ? error.message : String(error),
      remedy: 'free disk space, or give this user the folder; XDG_CACHE_HOME names another cache',
    },
  ]);
}

/** Marks a folder as used now, for `forgetOld`. Another process may have forgotten it, or root may own it: neither matters here. */
async function used(folder: string): Promise<string> {
  const now = new Date();
  await utimes(folder, now, now).catch(() => undefined);
  return folder;
}

/**
 * Removes all but the most recently used folders of one name: what a change of sources leaves behind again and again.
 * @param keep how many stay; generous, because another process may be about to read one.
 */
export async function forgetOld(kind: string, name: string, keep: number): Promise<void> {
  const parent = dirname(cachePath(kind, name));
  const folders = (await readdir(parent))
    .filter((entry) => entry.startsWith(`${name}-`) && /^[0-9a-f]{16}$/.test(entry.slice(name.length + 1)))
    .map((entry) => ({ path: join(parent, entry), at: usedAt(join(parent, entry)) }))
    .sort((a, b) => b.at - a.at);
  for (const { path } of folders.slice(keep)) {
    // Renamed first, so that nobody reads half of it. A second process that does the same finds nothing.
    const aside = `${path}.removing-${process.pid}`;
    await rename(path, aside).catch(() => undefined);
    await rm(aside, { recursive: true, force: true });
  }
}

function usedAt(folder: string): number {
  return statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/**
 * Removes drafts of builders that died.
 * A child that outlived its builder may still write there: what cannot be removed now is left to the next builder.
 */
async function removeLeftovers(final: string): Promise<void> {
  const prefix = `${basename(final)}.building-`;
  for (const name of await readdir(dirname(final))) {
    if (!name.startsWith(prefix) || isRunning(Number(name.slice(prefix.length)))) continue;
    await rm(join(dirname(final), name), { recursive: true, force: true, maxRetries: 3 }).catch(
      () => undefined,
    );
  }
}

/** Whether a process of this number, other than this one, runs. */
function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** A short name for the content of all parts: the first 16 hex digits of a SHA-256. Parts cannot run into each other. */
export function hashOf(...parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex').slice(0, 16);
}

/** The files below a folder, as paths relative to it, sorted by code unit and therefore the same everywhere. */
export function filesBelow(folder: string, keep: (path: string) => boolean = () => true): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter(keep)
    .sort((a, b) => (a < b ? -1 : 1));
}

/** `hashOf` the names and contents of all files below a folder. */
export async function hashOfTree(folder: string, keep?: (path: string) => boolean): Promise<string> {
  const parts: (string | Buffer)[] = [];
  for (const path of filesBelow(folder, keep)) parts.push(path, await readFile(join(folder, path)));
  return hashOf(...parts);
}
