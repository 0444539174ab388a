import { colors } from './colors.ts';

/** One finished step and what it took. */
export interface StepTime {
  readonly title: string;
  readonly seconds: number;
}

/**
 * Progress of long work: plain lines, one when a step starts to be noticed and one when it ends,
 * the same on a terminal and in CI. Everything is written to standard error: standard output is for `--json`.
 */
export class Steps {
  readonly #times: StepTime[] = [];
  readonly #write: (line: string) => void;
  readonly #started = performance.now();

  constructor(write: (line: string) => void = (line) => process.stderr.write(`${line}\n`)) {
    this.#write = write;
  }

  /** Runs one step. Prints its title at the start and the seconds at the end; a failure prints where it stopped. */
  async step<T>(title: string, work: (note: (text: string) => void) => Promise<T>): Promise<T> {
    const begun = performance.now();
    const seconds = () => (performance.now() - begun) / 1000;
    this.#write(`${colors.cyan('…')} ${title}`);
    try {
      const result = await work((text) => this.#write(`  ${colors.dim(text)}`));
      this.#times.push({ title, seconds: seconds() });
      this.#write(`${colors.green('✓')} ${title} ${colors.dim(`${seconds().toFixed(1)} s`)}`);
      return result;
    } catch (error) {
      this.#write(`${colors.red('✗')} ${title} ${colors.dim(`after ${seconds().toFixed(1)} s`)}`);
      throw error;
    }
  }

  /** A line that belongs to no step. */
  line(text: string): void {
    this.#write(text);
  }

  /** Every finished step in order, with its seconds. */
  get times(): readonly StepTime[] {
    return this.#times;
  }

  /** Seconds since this object was made. */
  get totalSeconds(): number {
    return (performance.now() - this.#started) / 1000;
  }
}
