import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '../../src/process/wait-for.ts';
import type { Instance } from './instance.ts';
import { type Mount, mounts } from './proc.ts';

/** The cgroup hierarchies of this machine. */
export interface Cgroups {
  /** 2 when one unified hierarchy holds all controllers; a hybrid machine counts as 1. */
  readonly version: 1 | 2;
  /** Mount points; exactly one with version 2. */
  readonly roots: readonly string[];
}

/** Controllers that the kubelet requires (cpu, cpuset, memory, pids) or uses when they are there. */
const v2Controllers = ['cpu', 'cpuset', 'memory', 'pids', 'io', 'hugetlb'];

/** Which cgroup version the mounts of a machine mean. */
export function cgroupsOf(list: readonly Mount[]): Cgroups {
  const unified = list.find(({ target, type }) => target === '/sys/fs/cgroup' && type === 'cgroup2');
  if (unified !== undefined) return { version: 2, roots: [unified.target] };
  const roots = list.filter(({ target, type }) => type === 'cgroup' && target.startsWith('/sys/fs/cgroup/'));
  return { version: 1, roots: [...new Set(roots.map(({ target }) => target))] };
}

/** The cgroups of this machine. */
export async function machineCgroups(): Promise<Cgroups> {
  return cgroupsOf(await mounts());
}

/**
 * Makes the instance's cgroup in every hierarchy: the kubelet refuses to start without it.
 * The version 2 path is written from the kernel's and the kubelet's documentation and is UNPROVEN: the machines
 * this was run on all had version 1.
 */
export async function makeCgroups(inst: Instance): Promise<void> {
  const { version, roots } = await machineCgroups();
  for (const root of roots) {
    const folder = join(root, inst.cgroup);
    await mkdir(folder, { recursive: true });
    if (version === 2) {
      // A controller is usable in a group only when all groups above hand it down.
      const offered = (await readFile(join(root, 'cgroup.controllers'), 'utf8')).trim().split(' ');
      const wanted = v2Controllers.filter((name) => offered.includes(name)).map((name) => `+${name}`);
      for (const above of [root, folder])
        await writeFile(join(above, 'cgroup.subtree_control'), wanted.join(' '));
    } else if ((await readdir(root)).includes('cpuset.cpus')) {
      // Empty in a new group of version 1, and then no process may enter it.
      for (const file of ['cpuset.cpus', 'cpuset.mems']) {
        await writeFile(join(folder, file), await readFile(join(root, file)));
      }
    }
  }
}

/** The instance's cgroups that exist, one path a hierarchy. */
export async function existingCgroups(inst: Instance): Promise<readonly string[]> {
  const types = ['cgroup', 'cgroup2'];
  const roots = (await mounts()).filter(
    ({ target, type }) => types.includes(type) && target.startsWith('/sys/fs/cgroup'),
  );
  const folders = [...new Set(roots.map(({ target }) => join(target, inst.cgroup)))];
  const found = await Promise.all(
    folders.map(async (folder) => ((await subgroups(folder)).length > 0 ? [folder] : [])),
  );
  return found.flat();
}

/**
 * Removes the instance's cgroups with all below. Its processes must be dead; the kernel may take a moment to notice.
 * @throws {WaitError} when one is still in use after 5 s.
 */
export async function removeCgroups(inst: Instance): Promise<void> {
  await waitFor(
    `the cgroups of ${inst.name} removed`,
    async () => {
      for (const folder of await existingCgroups(inst)) {
        const deepestFirst = [...(await subgroups(folder))].reverse();
        for (const group of deepestFirst) await rmdir(group).catch(() => {});
      }
      const left = await existingCgroups(inst);
      return left.length === 0 ? { value: undefined } : { observed: `still in use: ${left.join(', ')}` };
    },
    { deadlineMs: 5_000, everyMs: 20 },
  );
}

/** A group and all below it, parents first; nothing when it does not exist. */
async function subgroups(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const below = entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => subgroups(join(folder, entry.name)));
    return [folder, ...(await Promise.all(below)).flat()];
  } catch {
    return [];
  }
}
