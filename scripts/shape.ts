import { Command } from 'commander';
import { exceeded, measureShape } from '../checks/shape/figures.ts';
import { shapeTable } from '../checks/shape/table.ts';
import { optionsOf } from '../cli/options.ts';
import { repositoryRoot } from '../src/tools/versions.ts';

/**
 * `npm run shape [-- --json] [-- --root DIR]`: figures of how easily the repository reads, beside those of an
 * earlier commit. Ends with 1 when one is above its limit.
 */
async function main(): Promise<number> {
  const { json, root } = optionsOf<{ json?: boolean; root: string }>(
    new Command('npm run shape --')
      .description('Figures of how easily the repository reads; exit code 1 when one is above its limit.')
      .option('--json', 'the figures as JSON')
      .option('--root <folder>', 'another clone', repositoryRoot),
  );
  const named = await measureShape(root);
  const figures = Object.values(named);
  process.stdout.write(`${json ? JSON.stringify(named, null, 2) : shapeTable(figures)}\n`);
  return exceeded(figures).length === 0 ? 0 : 1;
}

process.exitCode = await main();
