/** A condition that was not met in time; the message ends with the last thing observed. */
export class WaitError extends Error {
  override readonly name = 'WaitError';
}

/** What one poll of a condition found: its value, or a description of what was observed instead. */
export type PollResult<T> = { readonly value: T } | { readonly observed: string };

/**
 * Polls until the condition is met. A poll that throws counts as not yet met, and its message as what was observed.
 * @param what the condition, as a noun phrase for the error: "node Ready"
 * @param options.everyMs time between two polls, 100 ms by default
 * @returns the value of the first poll that has one.
 * @throws {WaitError} after `deadlineMs`, with the last thing observed.
 */
export async function waitFor<T>(
  what: string,
  poll: () => Promise<PollResult<T>>,
  options: { readonly deadlineMs: number; readonly everyMs?: number; readonly signal?: AbortSignal },
): Promise<T> {
  const end = Date.now() + options.deadlineMs;
  for (;;) {
    options.signal?.throwIfAborted();
    let observed: string;
    try {
      const result = await poll();
      if ('value' in result) return result.value;
      observed = result.observed;
    } catch (error) {
      observed = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() >= end)
      throw new WaitError(`waited ${options.deadlineMs / 1000} s for ${what}; observed instead: ${observed}`);
    await new Promise((resolve) => setTimeout(resolve, options.everyMs ?? 100));
  }
}
