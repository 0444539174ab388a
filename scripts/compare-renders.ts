import { Command } from 'commander';
import { compareRenders, describeDifference, withChartAt } from '../checks/compare-renders.ts';
import { checkedEnvironments, checkedOverlays } from '../checks/environments.ts';
import { helmMatrix } from '../checks/matrix.ts';
import { optionsOf } from '../cli/options.ts';
import { program } from '../src/tools/programs.ts';

/**
 * `npm run compare [-- --base REVISION] [--helm NAME] [--json]`: what this clone's chart renders differently from the chart of
 * another revision, for the defaults, every environment and every overlay. Ends with 1 when there is a difference.
 */
async function main(): Promise<number> {
  const { base, helm, json } = optionsOf<{ base: string; helm: (typeof helmMatrix)[number]; json?: boolean }>(
    new Command('npm run compare --')
      .description('Differences between the renders of this clone and those of another revision.')
      .option('--base <revision>', 'revision of git to compare with', 'HEAD')
      .option('--helm <name>', `Helm to render with: ${helmMatrix.join(', ')}`, 'helm')
      .option('--json', 'the differences as JSON'),
  );
  const sets = [...(await checkedEnvironments()), ...(await checkedOverlays())];
  const executable = await program(helm, (line) => process.stderr.write(`${line}\n`));
  const differences = await withChartAt(base, (chart) => compareRenders(chart, sets, executable));
  if (json === true) process.stdout.write(`${JSON.stringify(differences, null, 2)}\n`);
  else {
    for (const difference of differences) process.stdout.write(`${describeDifference(difference)}\n`);
    process.stdout.write(`${sets.length} sets of values, ${differences.length} differences from ${base}\n`);
  }
  return differences.length === 0 ? 0 : 1;
}

process.exitCode = await main();
