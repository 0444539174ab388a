import { CommandError, type RunOptions, run } from '../../src/process/run.ts';

/** A program that has ended, well or not. */
export interface Ended {
  readonly output: string;
  /** CPU seconds, user and system, of the program and its children; undefined where it did not start. */
  readonly cpuSeconds: number | undefined;
  readonly error?: CommandError;
}

/** bash's `time` is what measures a child: Node gives the usage of no single one. */
const timed = 'time "$@"';
const timeLine = /^cpu ([0-9.,]+) ([0-9.,]+)\n?$/m;

/**
 * Runs a program whose failure is an answer as well: its output is kept.
 * @throws {CommandError} only when the program is missing.
 */
export async function settled(file: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  // The program ends with bash, which waits for it on SIGTERM.
  const tied = process.platform === 'linux' ? ['setpriv', '--pdeathsig', 'TERM', '--'] : [];
  const env = { ...options.env, TIMEFORMAT: 'cpu %3U %3S' };
  try {
    const { stdout, stderr } = await run('bash', ['-c', timed, 'bash', ...tied, file, ...args], {
      ...options,
      env,
    });
    return { output: `${stdout}\n${withoutTime(stderr)}`, cpuSeconds: cpuOf(stderr) };
  } catch (error) {
    if (!(error instanceof CommandError) || error.notFound || error.exitCode === 127) throw error;
    const [reason = ''] = error.message.split('\n');
    return {
      output: `${error.stdout}\n${withoutTime(error.stderr)}\n${file}: ${reason.slice(reason.lastIndexOf(': ') + 2)}`,
      cpuSeconds: cpuOf(error.stderr),
      error,
    };
  }
}

function cpuOf(stderr: string): number | undefined {
  const found = timeLine.exec(stderr);
  if (found === null) return undefined;
  // The locale may print a comma for the point.
  return found.slice(1).reduce((sum, text) => sum + Number(text.replace(',', '.')), 0);
}

function withoutTime(stderr: string): string {
  return stderr.replace(timeLine, '');
}
