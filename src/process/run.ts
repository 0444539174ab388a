import { closeSync, openSync } from 'node:fs';
import { execa, type Options } from 'execa';

/** How to start a program and how long it may take. */
export interface RunOptions {
  /** Working directory; the caller's own when absent. */
  readonly cwd?: string;
  /** Extra environment, on top of the caller's. */
  readonly env?: Readonly<Record<string, string>>;
  /** Text for standard input; without it standard input is empty. */
  readonly input?: string;
  /** Milliseconds until the program is ended by SIGTERM, and by SIGKILL 5 s later. Required: nothing waits for ever. */
  readonly timeoutMs: number;
  /** Called with each line of standard output and standard error as it comes. */
  readonly onLine?: (line: string) => void;
  /** Ends the program when aborted (Ctrl-C in `up`). */
  readonly signal?: AbortSignal;
}

/** What a program printed and how long it took. */
export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

/** A program that could not be started, failed, or ran out of time; carries everything needed to see why. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly file: string;
  readonly args: readonly string[];
  readonly exitCode: number | undefined;
  readonly timedOut: boolean;
  /** True when the program itself is missing (ENOENT). */
  readonly notFound: boolean;
  readonly stdout: string;
  readonly stderr: string;

  constructor(facts: {
    file: string;
    args: readonly string[];
    exitCode: number | undefined;
    timedOut: boolean;
    notFound: boolean;
    stdout: string;
    stderr: string;
    reason: string;
  }) {
    const tail = (facts.stderr || facts.stdout).trim().split('\n').slice(-20).join('\n');
    super(`${facts.file} ${facts.args.join(' ')}: ${facts.reason}${tail === '' ? '' : `\n${tail}`}`);
    this.file = facts.file;
    this.args = facts.args;
    this.exitCode = facts.exitCode;
    this.timedOut = facts.timedOut;
    this.notFound = facts.notFound;
    this.stdout = facts.stdout;
    this.stderr = facts.stderr;
  }
}

/**
 * A program that Ctrl-C ended. A terminal sends it to the whole process group, and a child may end before this
 * process has observed its own: nobody may take that for a tool that is missing or broken.
 */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

/**
 * Runs a program to its end and returns its output.
 * @throws {InterruptedError} when SIGINT ended it.
 * @throws {CommandError} when it is missing, exits non-zero, is killed otherwise, or exceeds `timeoutMs`.
 */
export async function run(file: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  const child = execa(file, [...args], {
    ...shared(options),
    timeout: options.timeoutMs,
    input: options.input ?? '',
    reject: false,
  });
  if (options.onLine) {
    const { onLine } = options;
    for (const from of ['stdout', 'stderr'] as const) void followLines(child.iterable({ from }), onLine);
  }
  const result = await child;
  if (result.signal === 'SIGINT') throw new InterruptedError(`${file}: ended by SIGINT`);
  if (result.failed) {
    const reason = result.timedOut
      ? `still running after ${options.timeoutMs / 1000} s`
      : result.isCanceled
        ? 'interrupted'
        : result.signal
          ? `ended by ${result.signal}`
          : result.exitCode === undefined
            ? (result.originalMessage ?? 'could not be started')
            : `exit code ${result.exitCode}`;
    throw new CommandError({
      file,
      args,
      exitCode: result.exitCode,
      timedOut: result.timedOut,
      notFound: result.code === 'ENOENT',
      stdout: String(result.stdout ?? ''),
      stderr: String(result.stderr ?? ''),
      reason,
    });
  }
  return {
    stdout: String(result.stdout),
    stderr: String(result.stderr),
    durationMs: Math.round(result.durationMs),
  };
}

/** A program that keeps running until `stop()`: a port-forward, an API server in a test. */
export interface Daemon {
  readonly pid: number;
  /** Resolves when the program has ended, by itself or by `stop`, with its exit code or signal name. */
  readonly ended: Promise<number | string>;
  /** True while the program runs. */
  isRunning(): boolean;
  /** SIGTERM, then SIGKILL after `graceMs` (default 5000); resolves when the process has ended. */
  stop(graceMs?: number): Promise<void>;
}

/** How to start a long-lived program. */
export interface DaemonOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** File that receives standard output and standard error, replaced at each start. */
  readonly logFile: string;
  /** True: the program outlives this process (a lab node). False: it ends with it (a test's server). */
  readonly detached: boolean;
}

/**
 * Starts a program that keeps running. The caller waits for readiness with `waitFor`.
 * @throws {CommandError} when the program cannot be started at all.
 */
export function start(file: string, args: readonly string[], options: DaemonOptions): Daemon {
  // The program writes its log itself, through a separate descriptor: a pipe through this process would break with it.
  // Any descriptor will do; execa's types know only 3 to 9.
  const log = openSync(options.logFile, 'w') as 3;
  const child = execa(file, [...args], {
    ...shared(options),
    reject: false,
    buffer: false,
    detached: options.detached,
    cleanup: !options.detached,
    stdin: 'ignore',
    stdout: log,
    stderr: log,
  });
  closeSync(log);
  if (options.detached) child.unref();
  if (child.pid === undefined) {
    throw new CommandError({
      file,
      args,
      exitCode: undefined,
      timedOut: false,
      notFound: true,
      stdout: '',
      stderr: '',
      reason: 'could not be started',
    });
  }
  const { pid } = child;
  let running = true;
  const ended = child.then((result) => {
    running = false;
    return result.signal ?? result.exitCode ?? 'unknown';
  });
  return {
    pid,
    ended,
    isRunning: () => running,
    stop: async (graceMs = 5000) => {
      if (!running) return;
      child.kill('SIGTERM', undefined);
      const hard = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(hard);
    },
  };
}

function shared(options: {
  cwd?: string;
  env?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
}): Options {
  return {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.env === undefined ? {} : { env: { ...options.env } }),
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
    forceKillAfterDelay: 5000,
    maxBuffer: 256 * 1024 * 1024,
  };
}

async function followLines(lines: AsyncIterable<unknown>, onLine: (line: string) => void) {
  for await (const line of lines) onLine(String(line));
}
