import { parseArgs } from 'node:util';
import { bench, benchTable } from '../checks/bench.ts';
import { helmMatrix } from '../checks/matrix.ts';

/** `npm run bench [-- --runs N] [--matrix] [--json]`: what rendering costs. Progress on standard error. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '15' },
      matrix: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) {
    process.stderr.write(`--runs ${values.runs} is no count\n`);
    return 2;
  }
  const note = (line: string) => void process.stderr.write(`${line}\n`);
  const rows = await bench(values.matrix ? helmMatrix : ['helm'], runs, note);
  process.stdout.write(`${values.json ? JSON.stringify(rows, null, 2) : benchTable(rows)}\n`);
  return 0;
}

process.exitCode = await main();
