import { Command, CommanderError } from 'commander';
import { HelmError } from '../src/chart/helm-error.ts';
import { InterruptedError } from '../src/process/run.ts';
import { colors } from '../src/report/colors.ts';
import { ProblemError } from '../src/report/problem.ts';
import { downCommand } from './down.ts';
import { packageCommand } from './package.ts';
import { publishCommand } from './publish.ts';
import { renderCommand } from './render.ts';
import { upCommand } from './up.ts';
import { validateCommand } from './validate.ts';

/** Documented in `--help` and docs/cli.md; scripts may rely on them. */
export const exitCodes = { ok: 0, failed: 1, refused: 2, interrupted: 130 } as const;

const exitCodesHelp = `
Exit codes:
  0    done
  1    the work failed: a pod did not become Ready, a result is wrong, a check found something
  2    refused before anything was changed: bad input, a missing key, a missing tool
  130  interrupted by Ctrl-C; "up" continues, "down" removes`;

// Each command loads what it works with when it runs: help and refusals come at once.
const commands = [upCommand, downCommand, renderCommand, validateCommand, packageCommand, publishCommand];

/**
 * Runs one command line; results go to standard output, progress and complaints to standard error.
 * @param args the arguments after the program's name
 * @param interrupt stops the command, which then undoes nothing
 * @returns one of {@link exitCodes}; a command that ended, and found something wrong, has set `process.exitCode`
 */
export async function runCommandLine(args: readonly string[], interrupt: AbortSignal): Promise<number> {
  const program = new Command('audio-processor')
    .description('Runs, renders and checks the audio-processor chart.')
    .showHelpAfterError()
    .addHelpText('after', exitCodesHelp);
  for (const make of commands) program.addCommand(make(interrupt).exitOverride());
  program.exitOverride();
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    return report(error, interrupt);
  }
}

/** Prints an error for a person; expected kinds without a stack trace. */
function report(error: unknown, interrupt: AbortSignal): number {
  // Commander has printed its message already; help and version end with its exit code 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.refused;
  const print = (text: string) => process.stderr.write(`${text}\n`);
  if (interrupt.aborted || error instanceof InterruptedError) {
    print(colors.yellow('interrupted: `npm run up` continues from here, `npm run down` removes everything'));
    return exitCodes.interrupted;
  }
  if (error instanceof ProblemError) {
    print(`${colors.red('refused')}, nothing was changed:\n${error.message}`);
    return exitCodes.refused;
  }
  // Of kind `other` is what the cluster or the wait refused: by then something may have changed.
  if (error instanceof HelmError && error.kind !== 'other') {
    print(`${colors.red('Helm refused')}:\n${error.message}`);
    return exitCodes.refused;
  }
  print(`${colors.red('failed')}: ${words(error)}`);
  return exitCodes.failed;
}

/** What a person needs of an error: its message; the stack as well where the error is this program's own mistake. */
function words(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const mistake = [TypeError, ReferenceError, RangeError, SyntaxError].some((kind) => error instanceof kind);
  // fetch reports a connection that failed as a TypeError with the reason as its cause.
  if (mistake && error.cause === undefined) return error.stack ?? error.message;
  const cause = error.cause instanceof Error && mistake ? `: ${error.cause.message}` : '';
  return `${error.message}${cause}`;
}
