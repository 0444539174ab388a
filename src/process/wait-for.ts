/** A condition that did not come true in time; says what was seen instead. */
export class WaitError extends Error {
  override readonly name = 'WaitError';
}

/** What one look at a condition found: its value, or a description of what was seen instead. */
export type Look<T> = { readonly done: T } | { readonly seen: string };

/**
 * Looks again and again until the condition holds.
 * A look that throws counts as not yet, and its message is what was seen.
 * @param what the condition, as a noun phrase for the error: "node Ready"
 * @throws {WaitError} after `deadlineMs`, with the last thing seen.
 */
export async function waitFor<T>(
  what: string,
  look: () => Promise<Look<T>>,
  options: { readonly deadlineMs: number; readonly everyMs?: number; readonly signal?: AbortSignal },
): Promise<T> {
  const end = Date.now() + options.deadlineMs;
  for (;;) {
    options.signal?.throwIfAborted();
    let seen: string;
    try {
      const found = await look();
      if ('done' in found) return found.done;
      seen = found.seen;
    } catch (error) {
      seen = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() >= end)
      throw new WaitError(`waited ${options.deadlineMs / 1000} s for ${what}; saw instead: ${seen}`);
    await new Promise((resolve) => setTimeout(resolve, options.everyMs ?? 100));
  }
}
