import { colors } from './colors.ts';

/** One thing that is wrong with what the user gave, with all that is needed to mend it. */
export interface Problem {
  /** Absent: an error, which stops. A warning is reported and stops nothing. */
  readonly severity?: 'warning';
  /** Kind of the problem, for programs and tests: a keyword of the schema (`type`, `pattern`), or the name of a check. */
  readonly code?: string;
  /** What is wrong, in one sentence without a full stop. */
  readonly message: string;
  /** File as the user named it; absent when the input is no file. */
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
  /** Path of the value, dots between keys: `workers.pools.cpu.taskLimit`. */
  readonly path?: string;
  /** What was found there. */
  readonly found?: string;
  /** What is allowed there. */
  readonly allowed?: string;
  /** What to do. */
  readonly remedy?: string;
}

/** Bad input, refused before anything was changed. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.problems = problems;
  }
}

/** One problem as text: place first, so that editors and readers can jump to it. */
export function formatProblem(problem: Problem): string {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(':');
  const head = [place, problem.path].filter((part) => part !== undefined && part !== '').join(' ');
  const details = (['found', 'allowed', 'remedy'] as const)
    .filter((key) => problem[key] !== undefined)
    .map((key) => `\n    ${colors.dim(`${key.padEnd(7)}:`)} ${problem[key]}`);
  const warning = problem.severity === 'warning' ? `${colors.yellow('warning')}: ` : '';
  return `${head === '' ? '' : `${colors.bold(head)}: `}${warning}${problem.message}${details.join('')}`;
}
