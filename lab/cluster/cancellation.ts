/** How a caller ends work before its time: Ctrl-C in `up`. */
export interface Cancellation {
  readonly signal?: AbortSignal | undefined;
}

/** The signal as an optional property that is absent rather than undefined. */
export function cancelling(cancel: Cancellation): { readonly signal?: AbortSignal } {
  return cancel.signal === undefined ? {} : { signal: cancel.signal };
}

/**
 * Runs branches of work beside each other. When one fails, the others are cancelled and waited for, so that
 * nothing is still working when this function has thrown.
 * @throws what the first failed branch threw.
 */
export async function together(
  cancel: Cancellation,
  branches: readonly ((cancel: { readonly signal: AbortSignal }) => Promise<unknown>)[],
): Promise<void> {
  const own = new AbortController();
  const signal = cancel.signal === undefined ? own.signal : AbortSignal.any([cancel.signal, own.signal]);
  const failures: unknown[] = [];
  const running = branches.map((branch) =>
    branch({ signal }).catch((error: unknown) => {
      failures.push(error);
      own.abort();
    }),
  );
  await Promise.all(running);
  cancel.signal?.throwIfAborted();
  if (failures.length > 0) throw failures[0];
}
