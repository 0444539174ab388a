import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createTwoFilesPatch } from 'diff';

/** A file that is generated, never written by hand. */
export interface GeneratedFile {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
}

/** A generated file whose content on disk is not what would be generated now. */
export interface StaleFile {
  readonly path: string;
  /** Unified diff from what is on disk to what would be generated, with two lines of context. */
  readonly diff: string;
}

/** Files that differ from what is on disk, in the given order. */
export async function staleFiles(
  root: string,
  files: readonly GeneratedFile[],
): Promise<readonly StaleFile[]> {
  const found = await Promise.all(
    files.map(async ({ path, text }) => {
      const onDisk = await contentOf(join(root, path));
      if (onDisk === text) return [];
      return [{ path, diff: onDisk === undefined ? '(the file is missing)' : patchOf(path, onDisk, text) }];
    }),
  );
  return found.flat();
}

/** Writes what differs and leaves the rest alone, so that times of unchanged files stay. Returns the paths written. */
export async function writeFiles(root: string, files: readonly GeneratedFile[]): Promise<readonly string[]> {
  const stale = new Set((await staleFiles(root, files)).map((file) => file.path));
  const changed = files.filter((file) => stale.has(file.path));
  for (const { path, text } of changed) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return changed.map((file) => file.path);
}

function patchOf(path: string, onDisk: string, text: string): string {
  return createTwoFilesPatch(path, path, onDisk, text, 'on disk', 'generated', { context: 2 });
}

async function contentOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
