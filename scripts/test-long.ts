import { runTestCommand } from '../checks/command.ts';
import { longParts } from '../checks/test-parts.ts';

/** `npm run test:long`: every leaf of the schema, and what gates a release. `--budget` is the time that is left in CI. */
process.exitCode = await runTestCommand(
  { name: 'test:long', parts: longParts, lanes: 1 },
  process.argv.slice(2),
);
