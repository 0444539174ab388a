import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type RunResult, run, start } from '../../src/process/run.ts';
import { type PollResult, waitFor } from '../../src/process/wait-for.ts';
import { type Cancellation, cancelling } from './cancellation.ts';
import type { Instance } from './instance.ts';
import { nodePid } from './pid1.ts';

/** One of the node's long-running programs: how it starts and how to see that it is ready. */
export interface NodeProcess {
  /** Also the name of its log: `<logDir>/<name>.log`. */
  readonly name: string;
  /** Absolute path and arguments. */
  readonly command: readonly [string, ...string[]];
  /** Folders of programs it calls, in front of the system's. */
  readonly path?: readonly string[];
  /** True: it runs in the machine's network instead of the node's; it still dies with the node. */
  readonly hostNetwork?: boolean;
  /** One poll at whether it does its work. */
  readonly ready: (cancel: Cancellation) => Promise<PollResult<unknown>>;
  /** Milliseconds from its start until it must be ready: about ten times what an idle machine takes. */
  readonly deadlineMs: number;
}

/** A process of the node that ended or did not become ready; carries what was observed and the end of its log. */
export class NodeProcessError extends Error {
  override readonly name = 'NodeProcessError';
  readonly process: string;
  readonly logFile: string;
  readonly logTail: string;

  constructor(process: string, observed: string, logFile: string, logTail: string) {
    super(`${process} of the lab's node is not ready: ${observed}\nEnd of ${logFile}:\n${logTail}`);
    this.process = process;
    this.logFile = logFile;
    this.logTail = logTail;
  }
}

const systemPath = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/**
 * Starts a process in the node and waits until it is ready. It outlives this program and dies with the node's PID 1.
 * @throws {NodeProcessError} when it ends or is not ready in time.
 */
export async function startProcess(
  inst: Instance,
  process: NodeProcess,
  cancel: Cancellation,
): Promise<void> {
  const [file, args] = await enter(inst, process.command, process);
  cancel.signal?.throwIfAborted();
  const logFile = join(inst.logDir, `${process.name}.log`);
  const daemon = start(file, args, { logFile, detached: true });
  const failed = async (observed: string) =>
    new NodeProcessError(process.name, observed, logFile, await endOfLog(logFile));
  let ended: string | undefined;
  try {
    ended = await waitFor(
      `${process.name} ready`,
      async () => {
        const poll = await process.ready(cancel).catch((error: Error) => ({ observed: error.message }));
        // Checked last: another process may have answered when this one could not start.
        if (!daemon.isRunning()) return { value: `it ended with ${await daemon.ended}` };
        return 'value' in poll ? { value: undefined } : poll;
      },
      { deadlineMs: process.deadlineMs, everyMs: 50, ...cancelling(cancel) },
    );
  } catch (error) {
    cancel.signal?.throwIfAborted();
    throw await failed(error instanceof Error ? error.message : String(error));
  }
  if (ended !== undefined) throw await failed(ended);
}

/**
 * Runs a command inside the node (its processes, files, network) and returns its output. Paths must be absolute,
 * the environment is empty but for PATH and HOME. The command is ended after its timeout, 60 s by default.
 * @throws {CommandError} as `run`; @throws {NoNodeError} when there is no node.
 */
export async function nodeExec(
  inst: Instance,
  argv: readonly [string, ...string[]],
  options: Cancellation & { readonly timeoutMs?: number; readonly input?: string } = {},
): Promise<RunResult> {
  // nsenter forks; without a death signal the command would go on after nsenter was ended.
  const [file, args] = await enter(inst, ['setpriv', '--pdeathsig', 'KILL', '--', ...argv], {});
  return run(file, args, {
    timeoutMs: options.timeoutMs ?? 60_000,
    ...(options.input === undefined ? {} : { input: options.input }),
    ...cancelling(options),
  });
}

/** Nothing of the caller's environment gets in: no proxy settings, no secrets. */
async function enter(
  inst: Instance,
  command: readonly string[],
  how: { readonly path?: readonly string[]; readonly hostNetwork?: boolean },
): Promise<[string, readonly string[]]> {
  const namespaces = ['--mount', '--pid', '--uts', '--ipc', ...(how.hostNetwork === true ? [] : ['--net'])];
  const path = [...(how.path ?? []), ...systemPath].join(':');
  const environment = ['env', '-i', `PATH=${path}`, 'HOME=/root', 'TMPDIR=/run/tmp'];
  return [
    'nsenter',
    ['--target', String(await nodePid(inst)), ...namespaces, '--', ...environment, ...command],
  ];
}

/** The folder of a program, for `path`. */
export function folderOf(program: string): string {
  return dirname(program);
}

async function endOfLog(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text === '' ? '(empty)' : text.trimEnd().split('\n').slice(-15).join('\n');
}
