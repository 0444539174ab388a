import { execa } from 'execa';
import { repositoryRoot } from '../../src/tools/versions.ts';

/** What a command printed and how it ended. */
export interface CliOutcome {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run a command line. */
export interface ShellOptions {
  /** The repository when absent. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input; empty when absent. */
  readonly input?: string;
  /** 60 s when absent. */
  readonly timeoutMs?: number;
}

/**
 * Runs a command line of README or docs the way a user's shell would, colours off.
 * It starts execa itself, because a test wants the exit code and not an exception.
 */
export async function shell(command: string, options: ShellOptions = {}): Promise<CliOutcome> {
  const result = await execa('bash', ['-euo', 'pipefail', '-c', command], {
    cwd: options.cwd ?? repositoryRoot,
    env: { NO_COLOR: '1', ...options.env },
    timeout: options.timeoutMs ?? 60_000,
    reject: false,
    input: options.input ?? '',
  });
  return { exitCode: result.exitCode, stdout: String(result.stdout), stderr: String(result.stderr) };
}

/** Runs one command of the CLI. */
export function cli(args: readonly string[], options: ShellOptions = {}): Promise<CliOutcome> {
  const quoted = args.map((arg) => `'${arg.replaceAll("'", `'\\''`)}'`).join(' ');
  return shell(`node '${repositoryRoot}/scripts/bootstrap.mjs' cli ${quoted}`, options);
}
