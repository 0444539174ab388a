/** How long work reports what it does, and how it is stopped. */
export interface Progress {
  /** Receives a line when something that takes a while begins, and at intervals. */
  readonly note: (line: string) => void;
  /** Aborted by Ctrl-C in `up`: children are ended, drafts removed, locks released. */
  readonly signal?: AbortSignal;
}

/** A `Progress` of the two parts that callers have at hand. */
export function progressOf(note: (line: string) => void = () => {}, signal?: AbortSignal): Progress {
  return signal === undefined ? { note } : { note, signal };
}

/** The part of a progress that the process helper takes. */
export function stoppedBy(progress: Progress): { readonly signal?: AbortSignal } {
  return progress.signal === undefined ? {} : { signal: progress.signal };
}
