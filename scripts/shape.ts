import { parseArgs } from 'node:util';
import { exceeded, measureShape } from '../checks/shape/figures.ts';
import { shapeTable } from '../checks/shape/table.ts';
import { repositoryRoot } from '../src/tools/versions.ts';

/**
 * `npm run shape [-- --json] [-- --root DIR]`: figures that say how easily the repository reads, beside those of an
 * earlier commit. Ends with 1 when one is above its limit.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean', default: false }, root: { type: 'string', default: repositoryRoot } },
  });
  const named = await measureShape(values.root);
  const figures = Object.values(named);
  process.stdout.write(`${values.json ? JSON.stringify(named, null, 2) : shapeTable(figures)}\n`);
  return exceeded(figures).length === 0 ? 0 : 1;
}

process.exitCode = await main();
