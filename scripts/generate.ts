import { resolve } from 'node:path';
import { Command } from 'commander';
import { optionsOf } from '../cli/options.ts';
import { staleFiles, writeFiles } from '../src/generate/files.ts';
import { generatedFiles } from '../src/generate/generate.ts';
import { ProblemError } from '../src/report/problem.ts';
import { valuesSchema } from '../src/schema/values.ts';

/** `npm run generate [-- --check]`: writes or checks every generated file; the exit code. */
async function generate(): Promise<number> {
  const { check } = optionsOf<{ check?: boolean }>(
    new Command('npm run generate --')
      .description('Writes the files that are made from src/schema, src/dashboards and environments/*.ts.')
      .option('--check', 'write nothing; exit code 1 and the difference where a file is stale'),
  );
  const root = resolve(import.meta.dirname, '..');
  const begun = performance.now();
  const files = await generatedFiles(root, valuesSchema);
  const seconds = () => `${((performance.now() - begun) / 1000).toFixed(1)} s`;
  if (check) {
    const stale = await staleFiles(root, files);
    for (const { path, diff } of stale) process.stdout.write(`${path} is stale:\n${diff}\n\n`);
    const advice =
      stale.length === 0 ? 'all fresh' : `${stale.length} stale: run \`npm run generate\` and commit`;
    process.stdout.write(`${files.length} generated files, ${advice} (${seconds()})\n`);
    return stale.length === 0 ? 0 : 1;
  }
  const written = await writeFiles(root, files);
  for (const path of written) process.stdout.write(`wrote ${path}\n`);
  process.stdout.write(`${files.length} generated files, ${written.length} changed (${seconds()})\n`);
  return 0;
}

try {
  process.exitCode = await generate();
} catch (error) {
  if (!(error instanceof ProblemError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
