import { CommandError, run } from '../process/run.ts';
import { ProblemError } from '../report/problem.ts';

const timeoutMs = 10 * 60 * 1000;
// biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own placeholders
const listFormat = '${db:Status-Status} ${Package}\\n';

/**
 * Installs those of the packages that this Debian or Ubuntu has not got. Does nothing, and needs nothing, when all are there.
 * Cannot be interrupted by a signal: an apt-get that is ended half-way leaves a package system that needs repair.
 * @throws {ProblemError} without root or on another system, with the command to run or the programs to provide.
 * @throws {CommandError} with apt's words when a package cannot be had.
 */
export async function ensureDebianPackages(
  packages: readonly string[],
  note: (line: string) => void = () => {},
): Promise<void> {
  const missing = await missingDebianPackages(packages);
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0) {
    throw new ProblemError([
      {
        message: `Debian packages are missing: ${missing.join(' ')}`,
        found: 'no root rights to install them',
        remedy: `sudo ${command}`,
      },
    ]);
  }
  note(`installing Debian packages: ${missing.join(' ')}`);
  try {
    await install(missing);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    // A machine that never updated its package lists knows no package, an old list names versions that no longer exist.
    await run('apt-get', ['update', '-qq'], { timeoutMs });
    await install(missing);
  }
}

/**
 * Those of the packages that are not installed.
 * @throws {ProblemError} on a system without dpkg.
 */
export async function missingDebianPackages(packages: readonly string[]): Promise<readonly string[]> {
  let listed = '';
  try {
    listed = (await run('dpkg-query', ['-W', '-f', listFormat, ...packages], { timeoutMs: 30_000 })).stdout;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    if (error.notFound) {
      throw new ProblemError([
        {
          message: `this needs what Debian’s packages ${packages.join(', ')} hold`,
          found: 'a system without dpkg',
          allowed: 'Debian or Ubuntu',
        },
      ]);
    }
    // Exit code 1: it lists the packages it knows and complains of the others.
    listed = error.stdout;
  }
  const installed = new Set(
    listed.split('\n').map((line) => (line.startsWith('installed ') ? line.slice(10) : '')),
  );
  return packages.filter((name) => !installed.has(name));
}

async function install(packages: readonly string[]): Promise<void> {
  await run(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...packages],
    {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
      timeoutMs,
    },
  );
}
