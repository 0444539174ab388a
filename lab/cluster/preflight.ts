import { readFile, stat, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { run } from '../../src/process/run.ts';
import { type Problem, ProblemError } from '../../src/report/problem.ts';
import { cacheRoot } from '../../src/tools/cache.ts';
import { ensureDebianPackages } from '../../src/tools/debian.ts';
import { missingPrograms, type Program } from '../../src/tools/programs.ts';
import { type Instance, stateRoot } from './instance.ts';
import { nodeRuns } from './pid1.ts';
import { nodeDebianPackages, nodeProgramNames } from './programs.ts';

/** Free space, in bytes, below which no lab is made: images, their unpacked copies, Go's build cache, pods' data. */
const neededDisk = 20e9;
/** Linux's numbers of the capabilities without which no namespace and no mount can be made. */
const neededCapabilities = { CAP_NET_ADMIN: 12, CAP_SYS_ADMIN: 21 };
/** `f_type` of an overlay, on which no other overlay can be mounted. */
const overlayType = 0x794c7630;

/** What preflight checks. */
export interface MachineFacts {
  readonly platform: NodeJS.Platform;
  readonly uid: number;
  /** Names of the needed capabilities that this process lacks. */
  readonly missingCapabilities: readonly string[];
  /** File systems that will be written, with what is free for root, in bytes. */
  readonly disks: readonly { readonly folder: string; readonly free: number; readonly overlay: boolean }[];
  /** Who has the instance's port, when it is not the instance. */
  readonly portHolder?: string;
  /** Why a program that is not there cannot be made. */
  readonly programProblems: readonly Problem[];
}

/**
 * Checks that this machine can run the instance. Changes nothing.
 * @param programs that will be needed, besides the node's own.
 * @throws {ProblemError} with everything that is in the way.
 */
export async function preflight(inst: Instance, programs: readonly Program[] = []): Promise<void> {
  const problems = problemsOf(inst, await machineFacts(inst, programs));
  if (problems.length > 0) throw new ProblemError(problems);
}

/** Preflight, then the Debian packages that the node calls and this machine has not got. */
export async function labPrerequisites(
  inst: Instance,
  note: (line: string) => void,
  programs: readonly Program[] = [],
): Promise<void> {
  await preflight(inst, programs);
  await ensureDebianPackages(nodeDebianPackages, note);
}

/** What the facts forbid. */
export function problemsOf(inst: Instance, facts: MachineFacts): readonly Problem[] {
  if (facts.platform !== 'linux') {
    return [
      {
        message: 'the lab needs Linux: it runs a Kubernetes node in kernel namespaces',
        found: facts.platform,
        remedy: 'use a Linux machine, or install on a cluster you have: npm run up -- --context NAME',
      },
    ];
  }
  const problems: Problem[] = [];
  if (facts.uid !== 0) {
    problems.push({
      message: 'the lab needs root: it makes namespaces, mounts and cgroups',
      found: `user id ${facts.uid}`,
      remedy: 'run the command as root, or install on a cluster you have: npm run up -- --context NAME',
    });
  } else if (facts.missingCapabilities.length > 0) {
    problems.push({
      message: 'this root may not make namespaces or mounts; it is probably inside a container',
      found: `no ${facts.missingCapabilities.join(', ')}`,
      remedy: 'run on the machine itself, or in a privileged container',
    });
  }
  for (const { folder, free, overlay } of facts.disks) {
    if (free < neededDisk) {
      problems.push({
        message: `too little disk space below ${folder}`,
        found: `${(free / 1e9).toFixed(1)} GB free`,
        allowed: `${neededDisk / 1e9} GB or more`,
      });
    }
    if (overlay && folder === stateRoot) {
      problems.push({
        message: `${folder} is on an overlay file system, on which containers cannot be unpacked`,
        remedy: `mount a disk or a volume at ${dirname(stateRoot)}`,
      });
    }
  }
  if (facts.portHolder !== undefined) {
    problems.push({
      message: `port ${inst.apiPort} of 127.0.0.1, on which the lab ${inst.name} offers its API server, is taken`,
      found: facts.portHolder,
      remedy: 'end that program, or use another name, whose port is another: --name NAME',
    });
  }
  return [...problems, ...facts.programProblems];
}

/** Reads the facts of this machine. */
export async function machineFacts(inst: Instance, programs: readonly Program[]): Promise<MachineFacts> {
  const { platform } = process;
  const uid = process.getuid?.() ?? -1;
  const nothing = { platform, uid, missingCapabilities: [], disks: [], programProblems: [] };
  if (platform !== 'linux') return nothing;
  const holder = await portHolder(inst.apiPort);
  // In this order: a node that appears between the two checks is no foreign program.
  const running = await nodeRuns(inst);
  return {
    ...nothing,
    missingCapabilities: await missingCapabilities(),
    disks: running ? [] : await disks([stateRoot, cacheRoot()]),
    ...(running || holder === undefined ? {} : { portHolder: holder }),
    programProblems: await programProblems([...nodeProgramNames, ...programs]),
  };
}

async function missingCapabilities(): Promise<readonly string[]> {
  const status = await readFile('/proc/self/status', 'utf8');
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`);
  return Object.entries(neededCapabilities).flatMap(([name, bit]) =>
    (effective >> BigInt(bit)) & 1n ? [] : [name],
  );
}

/** Each file system once, under the first folder on it. */
async function disks(folders: readonly string[]): Promise<MachineFacts['disks']> {
  const visited = new Set<number>();
  const found: { folder: string; free: number; overlay: boolean }[] = [];
  for (const folder of folders) {
    const there = await nearestExisting(folder);
    const { dev } = await stat(there);
    if (visited.has(dev)) continue;
    visited.add(dev);
    const { bavail, bsize, type } = await statfs(there);
    found.push({ folder, free: bavail * bsize, overlay: type === overlayType });
  }
  return found;
}

async function nearestExisting(folder: string): Promise<string> {
  for (let path = folder; ; path = dirname(path)) {
    const there = await stat(path).then(
      () => true,
      () => false,
    );
    if (there || path === '/') return path;
  }
}

/** Who listens on a port of the loopback address; undefined when it is free. */
async function portHolder(port: number): Promise<string | undefined> {
  const taken = await new Promise<boolean>((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(true));
    probe.listen({ host: '127.0.0.1', port }, () => probe.close(() => resolve(false)));
  });
  if (!taken) return undefined;
  const listed = await run('ss', ['-Hltnp', `sport = :${port}`], { timeoutMs: 5_000 }).catch(() => ({
    stdout: '',
  }));
  const [, name, pid] = /users:\(\("([^"]+)",pid=(\d+)/.exec(listed.stdout) ?? [];
  return name === undefined ? 'a program that this user may not see' : `${name}, process ${pid}`;
}

async function programProblems(names: readonly Program[]): Promise<readonly Problem[]> {
  try {
    await missingPrograms(names);
    return [];
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
}
