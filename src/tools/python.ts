import { existsSync } from 'node:fs';
import { lstat, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { CommandError, run } from '../process/run.ts';
import { ProblemError } from '../report/problem.ts';
import { cached, cachePath, filesBelow, hashOf } from './cache.ts';
import { ensureDebianPackages } from './debian.ts';
import { type Progress, progressOf, stoppedBy } from './progress.ts';

const kind = 'python';

/**
 * Path of a Python that has exactly the packages of a requirements file, in a virtual environment that is kept
 * by the file's content and the Python that made it. With hashes in the file, pip checks them all.
 * Runs as `<path> -m pytest …` or by the scripts beside it.
 * @throws {ProblemError} when there is no usable `python3`.
 * @throws {CommandError} with pip's words when a package cannot be had.
 */
export async function pythonEnvironment(
  requirementsFile: string,
  note?: (line: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  const progress = progressOf(note, signal);
  const file = resolve(requirementsFile);
  const requirements = await readFile(file, 'utf8');
  const key = `env-${hashOf(requirements, await describePython())}`;
  const final = cachePath(kind, key);
  await cached(
    kind,
    key,
    async (folder) => {
      progress.note(`Python environment for ${requirementsFile}`);
      await makeEnvironment(folder, progress);
      const hashed = requirements.includes('--hash=') ? ['--require-hashes'] : [];
      const python = join(folder, 'bin', 'python');
      await run(
        python,
        [
          '-m',
          'pip',
          'install',
          '--quiet',
          '--no-input',
          '--disable-pip-version-check',
          ...hashed,
          '-r',
          file,
        ],
        {
          cwd: dirname(file),
          timeoutMs: 15 * 60 * 1000,
          ...stoppedBy(progress),
        },
      );
      await repoint(folder, final);
    },
    progress,
  );
  return join(final, 'bin', 'python');
}

/** Version, build and place of the machine's Python: an environment made by one does not serve another. */
async function describePython(): Promise<string> {
  const script = 'import sys, sysconfig; print(sys.version, sysconfig.get_platform(), sys.base_prefix)';
  try {
    return (await run('python3', ['-c', script], { timeoutMs: 20_000 })).stdout;
  } catch (error) {
    if (!(error instanceof CommandError && error.notFound)) throw error;
    throw new ProblemError([
      {
        message: 'Python 3 is needed to run the chart’s Python tests and to make the lab’s images',
        found: 'no program `python3` on the PATH',
        remedy: 'apt-get install python3 python3-venv',
      },
    ]);
  }
}

/** Debian's Python has the venv module in a separate package, and reports that only when it is used. */
async function makeEnvironment(folder: string, progress: Progress): Promise<void> {
  const make = () =>
    run('python3', ['-m', 'venv', folder], { timeoutMs: 3 * 60 * 1000, ...stoppedBy(progress) });
  try {
    await make();
  } catch (error) {
    if (
      !(error instanceof CommandError && /ensurepip|No module named venv/.test(error.stdout + error.stderr))
    )
      throw error;
    await ensureDebianPackages(['python3-venv'], progress.note);
    await make();
  }
}

/**
 * An environment finds its packages by its own place, so the interpreter survives a move; the scripts beside it
 * and pyvenv.cfg name the folder they were made in. Here they get the folder of their final place.
 */
async function repoint(folder: string, final: string): Promise<void> {
  const files = ['pyvenv.cfg', ...filesBelow(join(folder, 'bin')).map((name) => join('bin', name))];
  for (const name of files) {
    const path = join(folder, name);
    if (!existsSync(path) || (await lstat(path)).isSymbolicLink()) continue;
    const content = await readFile(path, 'latin1');
    if (content.includes(folder)) await writeFile(path, content.replaceAll(folder, final), 'latin1');
  }
}
