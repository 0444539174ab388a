import { basename } from 'node:path';
import {
  builtChartTesting,
  containedChartTesting,
  lintArguments,
  runChartTesting,
} from '../checks/chart-testing.ts';
import { CommandError } from '../src/process/run.ts';
import { ProblemError } from '../src/report/problem.ts';

const usage = `Usage: npm run ct [-- [--docker] [ARGUMENTS OF CT…]]
Runs chart-testing over the chart and its ci/*-values.yaml: \`ct ${lintArguments.join(' ')}\` when no arguments are given.
  --docker   by chart-testing's own container image instead of the binary that is built here`;

/** `npm run ct`. */
async function main(given: readonly string[]): Promise<number> {
  if (given.includes('--help')) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const rest = given.filter((argument) => argument !== '--docker');
  const args = rest.length === 0 ? lintArguments : rest;
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  try {
    const command = given.includes('--docker')
      ? containedChartTesting(args)
      : await builtChartTesting(args, say);
    say([command.file, ...command.args].join(' '));
    await runChartTesting(command, { onLine: (line) => process.stdout.write(`${line}\n`) });
    return 0;
  } catch (error) {
    if (!(error instanceof CommandError || error instanceof ProblemError)) throw error;
    // What ct found it has said by itself.
    const told = error instanceof CommandError && error.exitCode !== undefined;
    say(told ? `${basename(error.file)} ended with exit code ${error.exitCode}` : error.message);
    return told ? 1 : 2;
  }
}

process.exitCode = await main(process.argv.slice(2));
