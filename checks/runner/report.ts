import { colors } from '../../src/report/colors.ts';
import type { PartOutcome } from './part.ts';

/** What a test command found, for a machine. */
export interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
  /** CPU seconds of this process and all that it started; undefined where /proc is missing. */
  readonly cpuSeconds: number | undefined;
  readonly parts: readonly PartOutcome[];
  /** Names of the chosen parts that were not begun for lack of time. */
  readonly notRun: readonly string[];
}

/** Adds the outcomes up. */
export function summarise(
  parts: readonly PartOutcome[],
  { seconds, cpuSeconds, chosen }: Pick<Summary, 'seconds' | 'cpuSeconds'> & { chosen: readonly string[] },
): Summary {
  const sum = (key: 'passed' | 'failed') => parts.reduce((total, part) => total + part[key], 0);
  const notRun = chosen.filter((name) => !parts.some((part) => part.name === name));
  return { passed: sum('passed'), failed: sum('failed'), seconds, cpuSeconds, parts, notRun };
}

/** The output of every part that did not pass, in full, then a table of all parts. */
export function describe(summary: Summary): string {
  const bad = summary.parts.filter((part) => part.state !== 'passed');
  const outputs = bad.map(
    (part) => `\n${colors.red(`── ${part.name}: ${part.title}`)}\n${part.output.trim()}\n`,
  );
  return [...outputs, '', ...table(summary), ''].join('\n');
}

/** The closing line that CI reads. */
export function closingLine(summary: Pick<Summary, 'passed' | 'failed'>): string {
  return `${summary.passed} passed, ${summary.failed} failed`;
}

/** 0 when everything passed, 1 when a check found a fault, 2 when something could not run. */
export function exitCode(summary: Summary): 0 | 1 | 2 {
  if (summary.parts.some((part) => part.state === 'broken')) return 2;
  return summary.failed > 0 || summary.parts.length === 0 ? 1 : 0;
}

function table(summary: Summary): readonly string[] {
  const width = Math.max(...summary.parts.map((part) => part.name.length), 'part'.length);
  const row = (name: string, passed: string, failed: string, seconds: string, cpu: string) =>
    `${name.padEnd(width)}  ${passed.padStart(6)}  ${failed.padStart(6)}  ${seconds.padStart(8)}  ${cpu.padStart(8)}`;
  const cpu = (some: number | undefined) => (some === undefined ? '-' : `${some.toFixed(1)} s`);
  const lines = summary.parts.map((part) => {
    const line = row(
      part.name,
      `${part.passed}`,
      `${part.failed}`,
      `${part.seconds.toFixed(1)} s`,
      cpu(part.cpuSeconds),
    );
    return part.state === 'passed' ? line : colors.red(`${line}  ${part.state}`);
  });
  return [
    colors.dim(row('part', 'passed', 'failed', 'time', 'CPU')),
    ...lines,
    colors.dim(
      row(
        'all',
        `${summary.passed}`,
        `${summary.failed}`,
        `${summary.seconds.toFixed(1)} s`,
        cpu(summary.cpuSeconds),
      ),
    ),
    ...summary.notRun.map((name) => `not run for lack of time: ${name}`),
  ];
}
