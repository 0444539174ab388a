import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../src/process/run.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { ProblemError } from '../../src/report/problem.ts';
import { removeCgroups } from './cgroups.ts';
import type { Instance } from './instance.ts';
import { withInstanceLock } from './instance-lock.ts';
import { releaseMachineSettings, removeEmptyStateRoot } from './machine-settings.ts';
import { removeNetworkNamespace } from './network.ts';
import { ownProcesses } from './pid1.ts';
import { traces } from './traces.ts';

/**
 * Removes a node with everything it has: processes, mounts, namespaces, cgroups, files, pods' data; puts the machine's
 * settings back when it was the last one. Does nothing when there is none; clears what a crash left.
 * @throws {ProblemError} without root, or while another command works on the instance.
 * @throws {Error} naming what is left when something could not be removed.
 */
export async function nodeDown(inst: Instance): Promise<void> {
  if (process.platform !== 'linux' || (await traces(inst)).length === 0) return;
  if (process.getuid?.() !== 0) {
    throw new ProblemError([
      { message: `only root can remove the lab ${inst.name}`, remedy: 'run the command as root' },
    ]);
  }
  await withInstanceLock(inst.name, 'down', () => tearDown(inst, { keepLogs: false }));
}

/**
 * The work of `nodeDown`, for a caller that holds the instance's lock.
 * @param keep with `keepLogs` the folder of logs stays, to find out why the node failed.
 */
export async function tearDown(inst: Instance, keep: { readonly keepLogs: boolean }): Promise<void> {
  await killNode(inst);
  await removeCgroups(inst);
  await removeNetworkNamespace(inst);
  // After the kubelet's end, which would set them again; before the folder, whose absence ends the claim as well.
  await releaseMachineSettings(inst);
  const kept = keep.keepLogs ? [inst.logDir] : [];
  const inside = await readdir(inst.stateDir).catch(() => []);
  const files = keep.keepLogs ? inside.map((name) => join(inst.stateDir, name)) : [inst.stateDir];
  const doomed = files.filter((file) => !kept.includes(file));
  if (doomed.length > 0) {
    // One file system only: should it ever contain a mount, the content of that is not ours to remove.
    await run('rm', ['-rf', '--one-file-system', '--', ...doomed], { timeoutMs: 120_000 });
  }
  if (keep.keepLogs) return;
  await removeEmptyStateRoot();
  const left = await traces(inst);
  if (left.length > 0) throw new Error(`left of the lab ${inst.name}: ${left.join(', ')}`);
}

/** The end of PID 1 ends every process, mount and pod of the node. It ignores SIGTERM, as every PID 1 does. */
async function killNode(inst: Instance): Promise<void> {
  await waitFor(
    `the processes of ${inst.name} to end`,
    async () => {
      const own = await ownProcesses(inst);
      if (own.length === 0) return { value: undefined };
      for (const pid of own) kill(pid);
      return { observed: `still there: ${own.join(', ')}` };
    },
    { deadlineMs: 20_000, everyMs: 10 },
  );
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
