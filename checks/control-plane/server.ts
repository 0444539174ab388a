import { readFile } from 'node:fs/promises';
import { type Daemon, start } from '../../src/process/run.ts';
import { waitFor } from '../../src/process/wait-for.ts';

/** A server of the control plane that did not become ready; carries the end of its log. */
export class ServerStartError extends Error {
  override readonly name = 'ServerStartError';
  readonly server: string;
  readonly log: string;

  constructor(server: string, reason: string, log: string) {
    super(`${server} did not become ready: ${reason}\nEnd of its log:\n${log}`);
    this.server = server;
    this.log = log;
  }
}

/** A server to start and how to see that it is ready. */
export interface ServerCommand {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly logFile: string;
  /** Resolves when the server answers; throws with what was observed instead. */
  readonly ready: () => Promise<void>;
  readonly deadlineMs: number;
}

/**
 * Starts a server and waits until it answers.
 * @throws {ServerStartError} when it ends or does not answer in time; it no longer runs then.
 */
export async function startServer(command: ServerCommand): Promise<Daemon> {
  const { file, args } = diesWithParent(command.file, command.args);
  const daemon = start(file, args, { logFile: command.logFile, detached: false });
  try {
    const outcome = await waitFor(
      `${command.name} ready`,
      async () => {
        if (!daemon.isRunning()) return { value: `it ended with ${await daemon.ended}` };
        await command.ready();
        return { value: undefined };
      },
      { deadlineMs: command.deadlineMs },
    );
    if (outcome !== undefined) throw new Error(outcome);
    return daemon;
  } catch (error) {
    await daemon.stop();
    const reason = error instanceof Error ? error.message : String(error);
    throw new ServerStartError(command.name, reason, await endOfLog(command.logFile));
  }
}

/**
 * Starts a server on a port that was free a moment ago, again on another port when another process took the first.
 * @throws {ServerStartError} as `startServer`, or when three ports were taken.
 */
export async function withRetriedPort<T>(begin: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await begin();
    } catch (error) {
      const taken = error instanceof ServerStartError && error.log.includes('address already in use');
      if (!taken || attempt === 3) throw error;
    }
  }
}

/** On Linux the kernel ends the server when this process dies, even by SIGKILL, when nothing here can tidy up. */
function diesWithParent(file: string, args: readonly string[]) {
  if (process.platform !== 'linux') return { file, args };
  return { file: 'setpriv', args: ['--pdeathsig', 'KILL', '--', file, ...args] };
}

async function endOfLog(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text === '' ? '(empty)' : text.trimEnd().split('\n').slice(-15).join('\n');
}
