import type { Program } from '../../src/tools/programs.ts';

/** What one part of a test command found. */
export interface PartResult {
  readonly passed: number;
  readonly failed: number;
  /** Everything the reader needs when something failed; shown in full then, and not at all otherwise. */
  readonly output: string;
  /** CPU seconds of the programs that the part started; absent where it started none by itself. */
  readonly cpuSeconds?: number | undefined;
}

/** One part of a test command. */
export interface Part {
  /** Short and without spaces, for `--only`. */
  readonly name: string;
  /** What it proves, for the progress line. */
  readonly title: string;
  /** Programs it uses; they are built before the first part starts, so that no part waits for a build. */
  readonly programs: readonly Program[];
  /**
   * Does the work. A check that finds a fault returns it; what keeps it from running at all (a program that cannot
   * be built, bad input) is thrown.
   */
  readonly run: (context: PartContext) => Promise<PartResult>;
}

/** What a running part may use. */
export interface PartContext {
  /** A line of progress. */
  readonly note: (line: string) => void;
  readonly signal: AbortSignal;
}

/** A part that was run. */
export interface PartOutcome extends PartResult {
  readonly name: string;
  readonly title: string;
  readonly seconds: number;
  /** `broken`: it could not run; that counts as one failure. */
  readonly state: 'passed' | 'failed' | 'broken';
}

/** One check that passed. */
export function passed(output = ''): PartResult {
  return { passed: 1, failed: 0, output };
}

/** One check that failed, with what there is to read about it. */
export function failed(output: string): PartResult {
  return { passed: 0, failed: 1, output };
}

/** The result of a part that runs tests: none at all, or a skipped one, is a failure. */
export function testResult(
  counts: { readonly passed: number; readonly failed: number; readonly skipped: number },
  { output, cpuSeconds }: Pick<PartResult, 'output' | 'cpuSeconds'>,
): PartResult {
  const { passed, failed, skipped } = counts;
  if (passed + failed + skipped === 0)
    return { passed: 0, failed: 1, output: `${output}\nno test was run`, cpuSeconds };
  const complaint = skipped === 0 ? '' : `\n${skipped} tests were skipped: nothing is skipped here`;
  return { passed, failed: failed + skipped, output: `${output}${complaint}`, cpuSeconds };
}
