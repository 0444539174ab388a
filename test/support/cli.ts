import { execa } from 'execa';
import { repositoryRoot } from '../../src/cli/paths.ts';

/** What a command printed and how it ended. */
export interface CliOutcome {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command line of README or docs the way a user's shell would, colours off.
 * It starts execa itself, because a test wants the exit code and not an exception.
 */
export async function shell(
  command: string,
  options: {
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly timeoutMs?: number;
  } = {},
): Promise<CliOutcome> {
  const result = await execa('bash', ['-euo', 'pipefail', '-c', command], {
    cwd: options.cwd ?? repositoryRoot,
    env: { NO_COLOR: '1', ...options.env },
    timeout: options.timeoutMs ?? 60_000,
    reject: false,
    stdin: 'ignore',
  });
  return { exitCode: result.exitCode, stdout: String(result.stdout), stderr: String(result.stderr) };
}

/** Runs one command of the CLI. */
export function cli(
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly timeoutMs?: number;
  } = {},
): Promise<CliOutcome> {
  const quoted = args.map((arg) => `'${arg.replaceAll("'", `'\\''`)}'`).join(' ');
  return shell(`node '${repositoryRoot}/scripts/bootstrap.mjs' cli ${quoted}`, options);
}
