import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../../src/process/run.ts';
import { repositoryRoot } from '../../../src/tools/versions.ts';

/** A text file of the repository. */
export interface TextFile {
  /** Relative to the clone. */
  readonly path: string;
  readonly text: string;
  /** True when a program writes it: it says so in its first lines, or a package manager owns it. */
  readonly generated: boolean;
}

const lockFiles = /(^|\/)(package-lock\.json|go\.sum|go\.mod|requirements[\w-]*\.txt)$/;
const binary = /\.(wav|png|gz|tgz|tar)$/;

/** Every text file that is or would be committed, new ones included. */
export async function repositoryFiles(): Promise<readonly TextFile[]> {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const { stdout } = await run('git', list, { cwd: repositoryRoot, timeoutMs: 30_000 });
  const paths = stdout.split('\0').filter((path) => path !== '' && !binary.test(path));
  const files = await Promise.all(
    paths.map(async (path) => {
      // A file that was removed, but not yet from the index, is no file.
      const text = await readFile(join(repositoryRoot, path), 'utf8').catch(() => undefined);
      return text === undefined ? [] : [{ path, text, generated: isGenerated(path, text) }];
    }),
  );
  return files.flat();
}

/** `path:line` of each line that matches. */
export function linesWith(files: readonly TextFile[], pattern: RegExp): readonly string[] {
  return files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
}

/** Number of lines, as `wc -l` counts them. */
export function lineCount(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

function isGenerated(path: string, text: string): boolean {
  if (path.startsWith('schemas/') && path.endsWith('.json')) return true;
  return lockFiles.test(path) || /generated (from|by)/i.test(text.slice(0, 400));
}
