import { runTestCommand } from '../checks/command.ts';
import { staticParts } from '../checks/static-parts.ts';
import { clusterParts, longParts, testParts } from '../checks/test-parts.ts';

/** `npm test`: what a commit needs; neither root, nor a node, nor programs that take minutes to build. */
process.exitCode = await runTestCommand(
  {
    name: 'test',
    parts: [...testParts, ...staticParts],
    lanes: 3,
    elsewhere: { 'test:cluster': clusterParts, 'test:long': longParts },
  },
  process.argv.slice(2),
);
