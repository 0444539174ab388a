import { stat } from 'node:fs/promises';
import { existingCgroups } from './cgroups.ts';
import type { Instance } from './instance.ts';
import { networkNamespaceExists } from './network.ts';
import { ownProcesses } from './pid1.ts';

/** Everything of an instance that exists on this machine, each as a noun phrase: empty when it is down. */
export async function traces(inst: Instance): Promise<readonly string[]> {
  const folder = await stat(inst.stateDir).then(
    () => [`folder ${inst.stateDir}`],
    () => [],
  );
  return [
    ...(await ownProcesses(inst)).map((pid) => `process ${pid}`),
    ...(await existingCgroups(inst)).map((group) => `cgroup ${group}`),
    ...((await networkNamespaceExists(inst)) ? [`network namespace ${inst.netns}`] : []),
    ...folder,
  ];
}
