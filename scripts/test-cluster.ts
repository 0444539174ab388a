import { runTestCommand } from '../checks/command.ts';
import { clusterParts } from '../checks/test-parts.ts';
import { ProblemError } from '../src/report/problem.ts';

/** `npm run test:cluster`: the chart on a separate real node. */
process.exitCode = await runTestCommand(
  { name: 'test:cluster', parts: clusterParts, lanes: 2, require: requireRoot },
  process.argv.slice(2),
);

function requireRoot(): void {
  if (process.getuid?.() === 0) return;
  throw new ProblemError([
    {
      message: 'a lab node needs root: network namespaces, mounts and cgroups are made',
      found: `user id ${process.getuid?.() ?? 'unknown'}`,
      remedy: 'sudo npm run test:cluster; `npm test` needs no root',
    },
  ]);
}
