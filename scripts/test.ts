import { runTestCommand } from '../checks/command.ts';
import { staticParts } from '../checks/static-parts.ts';
import { testParts } from '../checks/test-parts.ts';

/** `npm test`: everything that needs neither root nor a node. */
process.exitCode = await runTestCommand(
  { name: 'test', parts: [...testParts, ...staticParts], lanes: 3 },
  process.argv.slice(2),
);
