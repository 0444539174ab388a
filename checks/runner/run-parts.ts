import { CommandError } from '../../src/process/run.ts';
import type { Steps } from '../../src/report/steps.ts';
import type { Part, PartOutcome } from './part.ts';

/** A part that found faults; carries nothing, because its outcome has everything. */
class PartFailed extends Error {
  override readonly name = 'PartFailed';
}

/**
 * Runs the parts, at most `lanes` at a time, begun in the order given.
 * Each prints a line when it starts and one with its seconds when it ends.
 * @returns an outcome for every part that was begun, in the order given.
 */
export async function runParts(
  parts: readonly Part[],
  options: {
    readonly lanes: number;
    readonly steps: Steps;
    readonly signal: AbortSignal;
    /** False: no further part is begun. */
    readonly hasTime?: () => boolean;
  },
): Promise<readonly PartOutcome[]> {
  const outcomes = new Map<string, PartOutcome>();
  const queue = [...parts];
  const lane = async () => {
    for (let part = queue.shift(); part !== undefined; part = queue.shift()) {
      if (options.signal.aborted || options.hasTime?.() === false) return;
      outcomes.set(part.name, await runPart(part, options.steps, options.signal));
    }
  };
  await Promise.all(Array.from({ length: options.lanes }, lane));
  return parts.flatMap((part) => outcomes.get(part.name) ?? []);
}

async function runPart(part: Part, steps: Steps, signal: AbortSignal): Promise<PartOutcome> {
  const begun = performance.now();
  const outcome = (rest: Omit<PartOutcome, 'name' | 'title' | 'seconds'>): PartOutcome => ({
    name: part.name,
    title: part.title,
    seconds: (performance.now() - begun) / 1000,
    ...rest,
  });
  let result: PartOutcome | undefined;
  const attempt = steps.step(part.title, async (note) => {
    const found = await part.run({ note: (line) => note(`${part.name}: ${line}`), signal });
    result = outcome({ ...found, state: found.failed === 0 ? 'passed' : 'failed' });
    if (found.failed > 0) throw new PartFailed();
  });
  return attempt.then(
    () => result ?? outcome({ state: 'broken', passed: 0, failed: 1, output: 'ended without a result' }),
    (error) =>
      result ?? outcome({ state: 'broken', passed: 0, failed: 1, output: `could not run: ${whole(error)}` }),
  );
}

function whole(error: unknown): string {
  if (error instanceof CommandError) return `${error.message}\n${error.stdout}\n${error.stderr}`.trimEnd();
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
