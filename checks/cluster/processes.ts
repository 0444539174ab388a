import { readdir, readFile } from 'node:fs/promises';

/**
 * Host pid of the main process of a pod's container: process 1 of its pid namespace, with the word in its command line.
 * The pause container of the pod has a process 1 as well.
 * @throws when there is none, or more than one.
 */
export async function mainProcess(podUid: string, word: string): Promise<number> {
  const found: number[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
    if (!(await read('cgroup')).includes(podUid)) continue;
    const namespaced = /^NSpid:\s+(.+)$/m.exec(await read('status'))?.[1]?.split(/\s+/) ?? [];
    if (namespaced.at(-1) === '1' && (await read('cmdline')).includes(word)) found.push(Number(pid));
  }
  const [pid] = found;
  if (pid === undefined || found.length > 1)
    throw new Error(`main process of pod ${podUid}: found ${found.join(', ') || 'none'}`);
  return pid;
}
