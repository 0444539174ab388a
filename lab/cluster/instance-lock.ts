import { LockedError, withLock } from '../../src/process/lock.mjs';
import { ProblemError } from '../../src/report/problem.ts';

/**
 * Runs `work` while no other process works on the same instance.
 * @param what the running command, for the error of the second command: "up", "down".
 * @throws {ProblemError} when another process works on it, with its id and command.
 */
export async function withInstanceLock<T>(name: string, what: string, work: () => Promise<T>): Promise<T> {
  return withLock(`lab ${name}`, what, work).catch((error: unknown) => {
    if (!(error instanceof LockedError)) throw error;
    throw new ProblemError([
      {
        message: `another command works on the lab ${name}`,
        found: error.holder,
        remedy: 'wait until it has ended, or end it with Ctrl-C',
      },
    ]);
  });
}

/**
 * Runs `work`, which takes milliseconds, while no other process works on what all instances share.
 * @throws {LockedError} when another process still has the lock after 10 s.
 */
export async function withMachineLock<T>(work: () => Promise<T>): Promise<T> {
  return withLock('lab machine settings', 'a change of shared settings', work, { waitMs: 10_000 });
}
