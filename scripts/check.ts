import { runTestCommand } from '../checks/command.ts';
import { quickParts } from '../checks/quick-parts.ts';
import { staticParts } from '../checks/static-parts.ts';
import { testParts } from '../checks/test-parts.ts';

/** `npm run check`: types, lint, generated files and the invariants over every environment, in seconds. */
process.exitCode = await runTestCommand(
  { name: 'check', parts: quickParts, lanes: 3, elsewhere: { test: [...testParts, ...staticParts] } },
  process.argv.slice(2),
);
