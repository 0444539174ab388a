import { CommandError, type RunResult } from '../../src/process/run.ts';

/** A program that has ended, well or not. */
export interface Ended {
  readonly output: string;
  readonly error?: CommandError;
}

/**
 * Waits for a program whose failure is an answer as well: its output is kept.
 * @throws {CommandError} only when the program is missing.
 */
export async function settled(work: () => Promise<RunResult>): Promise<Ended> {
  try {
    const { stdout, stderr } = await work();
    return { output: `${stdout}\n${stderr}` };
  } catch (error) {
    if (!(error instanceof CommandError) || error.notFound) throw error;
    const [reason = ''] = error.message.split('\n');
    return { output: `${error.stdout}\n${error.stderr}\n${reason}`, error };
  }
}
