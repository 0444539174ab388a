import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { waitFor } from '../process/wait-for.ts';
import { ProblemError } from '../report/problem.ts';
import { type Progress, progressOf, stoppedBy } from './progress.ts';

/** Longest wait for another process's work: far above the slowest build, so only a stuck owner reaches it. */
const waitMs = 90 * 60 * 1000;

/** Who holds a lock. The start time tells a process from a later one with the same id. */
interface Owner {
  readonly pid: number;
  readonly started: string;
}

/**
 * Runs `work` while this call alone holds the lock file. Others, in this process or another, wait.
 * A lock whose owner has died is taken over.
 *
 * The lock saves work; it is not what keeps results whole. In the instant of a takeover two owners are
 * thinkable, so what is guarded must end in an atomic rename.
 * @param progress told once when another owner is waited for, and who that is.
 * @throws {WaitError} when a living owner keeps the lock for 90 minutes.
 * @throws {ProblemError} at once when no file can be made there: waiting changes nothing about a full disk.
 */
export async function withLock<T>(
  file: string,
  work: () => Promise<T>,
  progress: Progress = progressOf(),
): Promise<T> {
  const mine = JSON.stringify({ pid: process.pid, started: await startTime(process.pid), id: randomUUID() });
  let told = false;
  const refusal = await waitFor<ProblemError | undefined>(
    `the lock ${file}`,
    async () => {
      const taken = await take(file, mine).catch((error: unknown) => cannotWrite(file, error));
      if (taken instanceof ProblemError) return { done: taken };
      if (taken) return { done: undefined };
      const owner = await holder(file);
      if (owner === undefined) return { seen: 'it was just released' };
      const seen = `process ${owner.pid} holds it`;
      if (!told) progress.note(`waiting for process ${owner.pid}, which is making the same`);
      told = true;
      return { seen };
    },
    { deadlineMs: waitMs, everyMs: 100, ...stoppedBy(progress) },
  );
  if (refusal !== undefined) throw refusal;
  try {
    return await work();
  } finally {
    if ((await read(file)) === mine) await unlink(file);
  }
}

function cannotWrite(file: string, error: unknown): ProblemError {
  return new ProblemError([
    {
      message: `nothing can be written to ${dirname(file)}`,
      found: error instanceof Error ? error.message : String(error),
      remedy: 'free disk space, or give this user the folder; XDG_CACHE_HOME names another cache',
    },
  ]);
}

/** Creates the lock file with its content in one step, so that no reader ever sees it empty. */
async function take(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, content);
    await link(draft, file);
    return true;
  } catch (error) {
    if (code(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** The living holder; a dead one's lock is moved away, and the next look takes it. */
async function holder(file: string): Promise<Owner | undefined> {
  const content = await read(file);
  if (content === undefined) return undefined;
  const owner = ownerIn(content);
  if (owner !== undefined && (await isAlive(owner))) return owner;
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
    // Another process may have taken over between the look and the rename: then this is a living lock, put it back.
    if ((await read(aside)) !== content) await link(aside, file).catch(() => undefined);
    await unlink(aside);
  } catch (error) {
    if (code(error) !== 'ENOENT') throw error;
  }
  return undefined;
}

/** Undefined for a file that lost its content when the machine lost its power: whoever made it is gone. */
function ownerIn(content: string): Owner | undefined {
  try {
    return JSON.parse(content) as Owner;
  } catch {
    return undefined;
  }
}

/** Whether the very process that is meant still runs. */
export async function isAlive(owner: Owner): Promise<boolean> {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if (code(error) === 'ESRCH') return false;
  }
  return (await startTime(owner.pid)) === owner.started;
}

/** Start time of a process in clock ticks since boot, from field 22 of Linux's stat file; empty elsewhere. */
async function startTime(pid: number): Promise<string> {
  const stat = await read(`/proc/${pid}/stat`);
  // The second field is the program's name in parentheses and may hold spaces.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

async function read(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (code(error) === 'ENOENT' || code(error) === 'ESRCH') return undefined;
    throw error;
  }
}

function code(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
