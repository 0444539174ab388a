import { copyFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { start } from '../../src/process/run.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { addresses } from './addresses.ts';
import { type Cancellation, cancelling } from './cancellation.ts';
import type { Instance } from './instance.ts';
import { namespaceFile } from './network.ts';
import { innermostPid, processes } from './proc.ts';

/** There is no running node of that name. */
export class NoNodeError extends Error {
  override readonly name = 'NoNodeError';
  constructor(name: string) {
    super(`the lab ${name} has no running node`);
  }
}

/**
 * Starts the node's PID 1 in the instance's network namespace, with separate mount, pid, uts and ipc namespaces.
 * Every other process of the node is entered into these and dies with PID 1.
 * @throws {Error} with the script's own words when it fails.
 */
export async function startPid1(inst: Instance, cancel: Cancellation): Promise<void> {
  // A copy, so that the node does not need the clone it was started from.
  await copyFile(fileURLToPath(new URL('pid1.sh', import.meta.url)), scriptOf(inst));
  cancel.signal?.throwIfAborted();
  const namespaces = ['--mount', '--pid', '--uts', '--ipc', '--propagation', 'private'];
  const logFile = join(inst.logDir, 'pid1.log');
  const daemon = start(
    'nsenter',
    [
      `--net=${namespaceFile(inst)}`,
      ...['unshare', ...namespaces, '--fork', '--kill-child', '--', ...commandOf(inst)],
    ],
    { logFile, detached: true },
  );
  await waitFor(
    `PID 1 of the node (its log: ${logFile})`,
    async () => {
      if (!daemon.isRunning()) return { value: false };
      return (await isThere(join(inst.stateDir, 'pid1.ready')))
        ? { value: true }
        : { observed: 'no end of its script' };
    },
    { deadlineMs: 20_000, everyMs: 20, ...cancelling(cancel) },
  ).then(async (ready) => {
    if (!ready) throw new Error(`PID 1 of the node ended with ${await daemon.ended}; its log: ${logFile}`);
  });
}

/**
 * The id, on the machine, of the node's PID 1.
 * It is found by its arguments instead of an id in a file: that id may belong to another process by now.
 * @throws {NoNodeError}
 */
export async function nodePid(inst: Instance): Promise<number> {
  for (const pid of await ownProcesses(inst)) {
    if ((await innermostPid(pid)) === 1) return pid;
  }
  throw new NoNodeError(inst.name);
}

/** Whether the node's PID 1 runs. */
export async function nodeRuns(inst: Instance): Promise<boolean> {
  for (const pid of await ownProcesses(inst)) if ((await innermostPid(pid)) === 1) return true;
  return false;
}

/** The node's PID 1 and the programs that started it and guard it. All others live in its pid namespace. */
export async function ownProcesses(inst: Instance): Promise<readonly number[]> {
  const command = commandOf(inst);
  const own = (await processes()).filter(({ argv }) => {
    const end = argv.slice(-command.length);
    return end.every((argument, index) => argument === command[index]) && end.length === command.length;
  });
  return own
    .filter(({ argv }) => ['nsenter', 'unshare', 'bash'].includes(basename(argv[0] ?? '')))
    .map(({ pid }) => pid);
}

function commandOf(inst: Instance): readonly string[] {
  return ['bash', scriptOf(inst), inst.stateDir, inst.nodeName, addresses.node, addresses.gateway];
}

function scriptOf(inst: Instance): string {
  return join(inst.stateDir, 'pid1.sh');
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
