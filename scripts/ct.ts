import { basename } from 'node:path';
import { Command } from 'commander';
import {
  builtChartTesting,
  containedChartTesting,
  lintArguments,
  runChartTesting,
} from '../checks/chart-testing.ts';
import { optionsOf } from '../cli/options.ts';
import { CommandError } from '../src/process/run.ts';
import { ProblemError } from '../src/report/problem.ts';

/** `npm run ct [-- [--docker] [ARGUMENTS OF CT…]]`. */
async function main(): Promise<number> {
  const command = new Command('npm run ct --')
    .description(
      `Runs chart-testing over the chart and its ci/*-values.yaml: ct ${lintArguments.join(' ')}, or ct with the arguments given.`,
    )
    .option('--docker', "by chart-testing's own container image instead of the binary that is built here")
    .argument('[arguments...]', 'of ct')
    .allowUnknownOption();
  const { docker } = optionsOf<{ docker?: boolean }>(command);
  const args = command.args.length === 0 ? lintArguments : command.args;
  const note = (line: string) => void process.stderr.write(`${line}\n`);
  try {
    const ct = docker ? containedChartTesting(args) : await builtChartTesting(args, note);
    note([ct.file, ...ct.args].join(' '));
    await runChartTesting(ct, { onLine: (line) => process.stdout.write(`${line}\n`) });
    return 0;
  } catch (error) {
    if (!(error instanceof CommandError || error instanceof ProblemError)) throw error;
    // ct has printed what it found.
    const reported = error instanceof CommandError && error.exitCode !== undefined;
    note(reported ? `${basename(error.file)} ended with exit code ${error.exitCode}` : error.message);
    return reported ? 1 : 2;
  }
}

process.exitCode = await main();
