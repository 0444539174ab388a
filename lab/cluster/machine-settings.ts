import { mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '../../src/process/run.ts';
import { type Instance, stateRoot } from './instance.ts';
import { withMachineLock } from './instance-lock.ts';
import { mounts } from './proc.ts';

/** Settings of the whole machine that a kubelet changes at its start. */
export const changedSysctls = ['vm.overcommit_memory', 'kernel.panic', 'kernel.panic_on_oops'] as const;

const recordFile = join(stateRoot, 'machine.json');
/** Folder that `ip netns add` makes a mount point. */
const netnsFolder = '/run/netns';

/** The machine as it was before the first instance, and which instances have changed it since. */
interface Record_ {
  /** After a restart of the machine its settings are the configured ones again and the record means nothing. */
  readonly bootId: string;
  readonly sysctls: Readonly<Record<string, string>>;
  readonly netnsFolderWasMount: boolean;
  readonly holders: readonly string[];
}

/** Notes the machine's settings before an instance changes them. The first instance's note counts. */
export async function holdMachineSettings(inst: Instance): Promise<void> {
  await withMachineLock(async () => {
    const record = (await readRecord()) ?? (await currentSettings());
    await writeRecord({ ...record, holders: [...new Set([...record.holders, inst.name])] });
  });
}

/** Ends an instance's claim; the last one puts the machine's settings back. Does nothing when there is no claim. */
export async function releaseMachineSettings(inst: Instance): Promise<void> {
  await withMachineLock(async () => {
    const record = await readRecord();
    if (record === undefined) return;
    const others = record.holders.filter((name) => name !== inst.name);
    const alive = await Promise.all(
      others.map(async (name) => ((await exists(join(stateRoot, name))) ? [name] : [])),
    );
    const holders = alive.flat();
    if (holders.length > 0) return writeRecord({ ...record, holders });
    for (const [name, value] of Object.entries(record.sysctls)) {
      if ((await readSysctl(name)) !== value) await writeFile(sysctlFile(name), value);
    }
    if (!record.netnsFolderWasMount) await unmountNetnsFolder();
    await rm(recordFile, { force: true });
  });
}

/** The present value of each setting that a kubelet changes. */
export async function readSysctls(): Promise<Readonly<Record<string, string>>> {
  const entries = await Promise.all(
    changedSysctls.map(async (name) => [name, await readSysctl(name)] as const),
  );
  return Object.fromEntries(entries);
}

/** Removes the folders that all instances share once they are empty. */
export async function removeEmptyStateRoot(): Promise<void> {
  for (const folder of [stateRoot, dirname(stateRoot)]) {
    await rmdir(folder).catch(() => {});
  }
}

async function currentSettings(): Promise<Record_> {
  return {
    bootId: await bootId(),
    sysctls: await readSysctls(),
    netnsFolderWasMount: await isMount(netnsFolder),
    holders: [],
  };
}

async function readRecord(): Promise<Record_ | undefined> {
  if (!(await exists(recordFile))) return undefined;
  const record = JSON.parse(await readFile(recordFile, 'utf8')) as Record_;
  return record.bootId === (await bootId()) ? record : undefined;
}

async function writeRecord(record: Record_): Promise<void> {
  await mkdir(stateRoot, { recursive: true });
  await writeFile(`${recordFile}.new`, JSON.stringify(record));
  await rename(`${recordFile}.new`, recordFile);
}

/** Only when no namespace of anybody is left in it. */
async function unmountNetnsFolder(): Promise<void> {
  if (!(await isMount(netnsFolder)) || (await readdir(netnsFolder)).length > 0) return;
  await run('umount', [netnsFolder], { timeoutMs: 5_000 });
  await rmdir(netnsFolder).catch(() => {});
}

async function isMount(folder: string): Promise<boolean> {
  return (await mounts()).some(({ target }) => target === folder);
}

async function bootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
}

async function readSysctl(name: string): Promise<string> {
  return (await readFile(sysctlFile(name), 'utf8')).trim();
}

function sysctlFile(name: string): string {
  return join('/proc/sys', ...name.split('.'));
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
