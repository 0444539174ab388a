import { readdir, readFile } from 'node:fs/promises';

/** A running process as /proc shows it. */
export interface ProcessFacts {
  readonly pid: number;
  readonly argv: readonly string[];
}

/** Every process of this machine with its arguments; those that end meanwhile are left out, kernel threads too. */
export async function processes(): Promise<readonly ProcessFacts[]> {
  const pids = (await readdir('/proc')).filter((name) => /^[0-9]+$/.test(name)).map(Number);
  const found = await Promise.all(pids.map(async (pid) => ({ pid, argv: await argumentsOf(pid) })));
  return found.filter(({ argv }) => argv.length > 0);
}

async function argumentsOf(pid: number): Promise<readonly string[]> {
  return (await readIfThere(`/proc/${pid}/cmdline`)).split('\0').slice(0, -1);
}

/** The process's id in its innermost pid namespace; undefined when it has ended. */
export async function innermostPid(pid: number): Promise<number | undefined> {
  const ids = /^NSpid:\s*(.*)$/m.exec(await readIfThere(`/proc/${pid}/status`))?.[1];
  return ids === undefined ? undefined : Number(ids.split(/\s+/).at(-1));
}

/** A mount of this process's mount namespace. */
export interface Mount {
  readonly target: string;
  readonly type: string;
}

/** What /proc/mounts lists, with its octal escapes undone. */
export async function mounts(): Promise<readonly Mount[]> {
  const lines = (await readFile('/proc/mounts', 'utf8')).trimEnd().split('\n');
  return lines.map((line) => {
    const [, target = '', type = ''] = line.split(' ');
    return {
      target: target.replace(/\\([0-7]{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8))),
      type,
    };
  });
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return '';
  }
}
