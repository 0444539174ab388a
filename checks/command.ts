import { readFile } from 'node:fs/promises';
import { Command, CommanderError } from 'commander';
import { CommandError, InterruptedError } from '../src/process/run.ts';
import { ProblemError } from '../src/report/problem.ts';
import { Steps } from '../src/report/steps.ts';
import { minutes } from '../src/tools/estimate.ts';
import { programs, secondsToBuild } from '../src/tools/programs.ts';
import { startRenderer } from './renderer.ts';
import type { Part, PartOutcome } from './runner/part.ts';
import { closingLine, describe, exitCode, summarise } from './runner/report.ts';
import { runParts } from './runner/run-parts.ts';

/** A test command: its name for the help, its parts, how many run beside each other. */
export interface TestCommand {
  readonly name: string;
  readonly parts: readonly Part[];
  readonly lanes: number;
  /** Throws a ProblemError when this machine cannot run the chosen parts. */
  readonly require?: (parts: readonly Part[]) => void;
  /** Other commands and what they run that this one does not; printed at the end. */
  readonly elsewhere?: Readonly<Record<string, readonly Part[]>>;
}

/** Where a test command writes: progress and complaints apart from the result. */
export interface Output {
  readonly progress: (text: string) => void;
  readonly result: (text: string) => void;
}

const standardStreams: Output = {
  progress: (text) => process.stderr.write(`${text}\n`),
  result: (text) => process.stdout.write(`${text}\n`),
};

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

interface Choice {
  readonly json: boolean;
  readonly parts: readonly Part[];
  /** Seconds in which parts may be begun. */
  readonly budgetSeconds: number;
}

/**
 * Runs a test command as a program: progress on standard error, the report and, as its last line, `N passed, N failed`
 * on standard output; with `--json` one JSON object instead, and the report on standard error.
 * @returns the exit code: 0, 1 when a check found a fault, 2 when something could not run, 130 after Ctrl-C.
 */
export async function runTestCommand(
  command: TestCommand,
  args: readonly string[],
  output: Output = standardStreams,
): Promise<number> {
  const steps = new Steps(output.progress);
  const interrupt = new AbortController();
  const stop = () => interrupt.abort();
  for (const signal of signals) process.on(signal, stop);
  try {
    const choice = readOptions(command, args);
    if ('help' in choice) {
      output.result(choice.help);
      return 0;
    }
    command.require?.(choice.parts);
    const outcomes = await runChosen(command, choice, steps, interrupt.signal);
    const chosen = choice.parts.map(({ name }) => name);
    const measured = { seconds: steps.totalSeconds, cpuSeconds: await cpuSeconds() };
    const summary = summarise(outcomes, { ...measured, chosen });
    const notRun = [...unchosen(command, chosen), ...elsewhere(command)].join('\n');
    (choice.json ? output.progress : output.result)(`${describe(summary)}${notRun}\n`);
    output.result(choice.json ? JSON.stringify(summary) : closingLine(summary));
    return interrupt.signal.aborted ? 130 : exitCode(summary);
  } catch (error) {
    // A program that could not be built, or whose build was interrupted, is reported like bad input: no stack helps.
    const expected = [ProblemError, CommandError, InterruptedError];
    if (!(error instanceof Error && expected.some((kind) => error instanceof kind))) throw error;
    output.progress(error.message);
    output.result(closingLine({ passed: 0, failed: 1 }));
    return interrupt.signal.aborted || error instanceof InterruptedError ? 130 : 2;
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}

/** Builds what is missing, starts the renderer where a part needs it, and runs the parts while there is time. */
async function runChosen(
  { lanes }: TestCommand,
  { parts, budgetSeconds }: Choice,
  steps: Steps,
  signal: AbortSignal,
): Promise<readonly PartOutcome[]> {
  const hasTime = () => steps.totalSeconds < budgetSeconds;
  await buildPrograms(parts, steps, signal);
  const renderer = parts.some(({ programs }) => programs.includes('render'))
    ? await startRenderer()
    : undefined;
  if (renderer !== undefined) process.env.AUDIO_PROCESSOR_RENDERER = renderer.socket;
  try {
    return await runParts(parts, { lanes, steps, signal, hasTime });
  } finally {
    delete process.env.AUDIO_PROCESSOR_RENDERER;
    await renderer?.stop();
  }
}

/** CPU seconds, user and system, of this process and of the children that have ended. */
async function cpuSeconds(): Promise<number | undefined> {
  const stat = await readFile('/proc/self/stat', 'utf8').catch(() => undefined);
  // utime, stime, cutime and cstime in hundredths, behind the program's name in parentheses.
  const fields = stat
    ?.slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15);
  return fields?.reduce((sum, field) => sum + Number(field) / 100, 0);
}

function unchosen({ parts }: TestCommand, chosen: readonly string[]): readonly string[] {
  const rest = parts.map(({ name }) => name).filter((name) => !chosen.includes(name));
  return rest.length === 0 ? [] : [`not chosen: ${rest.join(', ')}`];
}

function elsewhere(command: TestCommand): readonly string[] {
  return Object.entries(command.elsewhere ?? {}).map(
    ([name, parts]) => `in \`npm run ${name}\`: ${parts.map((part) => part.name).join(', ')}`,
  );
}

/** What is missing is built before anything else, so that no time of a part is the time of a build. */
async function buildPrograms(parts: readonly Part[], steps: Steps, signal: AbortSignal): Promise<void> {
  const names = [...new Set(parts.flatMap((part) => part.programs))];
  const seconds = await secondsToBuild(names);
  if (seconds === 0) return;
  await steps.step(`programs; expected ${minutes(seconds)} on two idle cores`, async (note) => {
    await programs(names, note, signal);
  });
}

function readOptions(command: TestCommand, args: readonly string[]): Choice | { readonly help: string } {
  const names = command.parts.map((part) => part.name);
  const program = new Command(`npm run ${command.name} --`)
    .option('--only <parts>', 'parts to run, separated by commas')
    .option('--list', 'list the parts and run nothing')
    .option('--budget <minutes>', 'begin no part after so many minutes; the report names what was not run')
    .option('--json', 'the result as JSON on standard output, the report on standard error')
    .exitOverride()
    .configureOutput({ writeOut: () => {}, writeErr: () => {} });
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { help: `${program.helpInformation()}${partsHelp(command)}` };
    throw new ProblemError([{ message: error.message, remedy: `npm run ${command.name} -- --help` }]);
  }
  const {
    json = false,
    only,
    list = false,
    budget,
  } = program.opts<{
    json?: boolean;
    only?: string;
    list?: boolean;
    budget?: string;
  }>();
  if (list) return { help: command.parts.map(({ name, title }) => `${name.padEnd(22)}${title}`).join('\n') };
  const budgetSeconds = budget === undefined ? Number.POSITIVE_INFINITY : 60 * Number(budget);
  if (Number.isNaN(budgetSeconds)) {
    throw new ProblemError([{ message: '--budget is no number of minutes', found: `${budget}` }]);
  }
  const wanted = only === undefined ? names : only.split(',');
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new ProblemError([
      { message: 'no such part', found: unknown.join(', '), allowed: names.join(', ') },
    ]);
  }
  return { json, budgetSeconds, parts: command.parts.filter((part) => wanted.includes(part.name)) };
}

function partsHelp(command: TestCommand): string {
  return [
    '',
    'Parts:',
    ...command.parts.map((part) => `  ${part.name.padEnd(22)}${part.title}`),
    '',
    'Exit codes: 0 all passed, 1 something failed, 2 something could not run, 130 interrupted.',
  ].join('\n');
}
