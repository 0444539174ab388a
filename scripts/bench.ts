import { Command, InvalidArgumentError } from 'commander';
import { bench, benchTable } from '../checks/bench.ts';
import { helmMatrix } from '../checks/matrix.ts';
import { optionsOf } from '../cli/options.ts';

/** `npm run bench [-- --runs N] [--matrix] [--json]`: what rendering costs. Progress on standard error. */
async function main(): Promise<number> {
  const { runs, matrix, json } = optionsOf<{ runs: number; matrix?: boolean; json?: boolean }>(
    new Command('npm run bench --')
      .description('What rendering costs, in CPU time.')
      .option('--runs <n>', 'renders of each kind', positive, 15)
      .option('--matrix', 'with every Helm of the matrix')
      .option('--json', 'the figures as JSON'),
  );
  const note = (line: string) => void process.stderr.write(`${line}\n`);
  const rows = await bench(matrix ? helmMatrix : ['helm'], runs, note);
  process.stdout.write(`${json ? JSON.stringify(rows, null, 2) : benchTable(rows)}\n`);
  return 0;
}

function positive(text: string): number {
  if (/^[1-9][0-9]*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A whole number above 0 is needed.');
}

process.exitCode = await main();
