/** Seconds that something took, beside those that the catalogue expects on two idle cores. */
export interface Measured {
  readonly expected: number;
  readonly measured: number;
}

/** Builds of one call: what has finished, what runs, and what the others are expected to take. */
export interface BuildProgress {
  readonly finished: readonly Measured[];
  /** Expected seconds of the builds that have not begun. */
  readonly pending: readonly number[];
}

/**
 * How many times longer than expected builds take here: 1 until something is known. A running build counts once it has
 * passed its estimate, so that the pace grows with it.
 */
export function pace(finished: readonly Measured[], running?: Measured): number {
  const known =
    running !== undefined && running.measured > running.expected ? [...finished, running] : finished;
  const expected = sum(known.map((one) => one.expected));
  return expected === 0 ? 1 : sum(known.map((one) => one.measured)) / expected;
}

/** What is expected of a build that begins: `expected 3 min on two idle cores; about 24 min left at this pace`. */
export function beginning(expected: number, { finished, pending }: BuildProgress): string {
  const left = minutes((expected + sum(pending)) * pace(finished));
  const own = `expected ${minutes(expected)} on two idle cores`;
  if (finished.length === 0) return pending.length === 0 ? own : `${own}; about ${left} left`;
  return `${own}; about ${left} left at the pace so far`;
}

/** A line about a build that is still running: `9 min; expected 6 min on two idle cores; about 12 min for the 2 after it`. */
export function ongoing(running: Measured, { finished, pending }: BuildProgress): string {
  const line = `${minutes(running.measured)}; expected ${minutes(running.expected)} on two idle cores`;
  if (pending.length === 0) return line;
  return `${line}; about ${minutes(sum(pending) * pace(finished, running))} for the ${pending.length} after it`;
}

/** Seconds as a person reads them: `40 s`, `6 min`. */
export function minutes(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
