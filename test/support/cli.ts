import { stripVTControlCharacters } from 'node:util';
import { execa } from 'execa';
import { vi } from 'vitest';
import { runCommandLine } from '../../cli/command-line.ts';
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

/**
 * Runs one command of the CLI in the test's own process: without the second that Node takes to load it. Colours are removed, as
 * a shell of `cli` has none.
 */
export async function cliHere(args: readonly string[]): Promise<CliOutcome> {
  const streams = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockReturnValue(true),
  );
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    const ended = await runCommandLine(args, new AbortController().signal);
    // A command that found something wrong has ended well and set the exit code of its process.
    const exitCode = ended === 0 ? Number(process.exitCode ?? 0) : ended;
    const [stdout = '', stderr = ''] = streams.map(({ mock }) =>
      stripVTControlCharacters(mock.calls.map(([text]) => text).join('')),
    );
    return { exitCode, stdout, stderr };
  } finally {
    process.exitCode = before;
    for (const stream of streams) stream.mockRestore();
  }
}

/** Runs one command of the CLI by a new process, as a user does. */
export function cli(args: readonly string[], options: ShellOptions = {}): Promise<CliOutcome> {
  const quoted = args.map((arg) => `'${arg.replaceAll("'", `'\\''`)}'`).join(' ');
  return shell(`node '${repositoryRoot}/scripts/bootstrap.mjs' cli ${quoted}`, options);
}
