import { runTestCommand } from '../checks/command.ts';
import type { Part } from '../checks/runner/part.ts';
import { clusterParts } from '../checks/test-parts.ts';
import { ProblemError } from '../src/report/problem.ts';

/** `npm run test:cluster`: the chart on a separate real node. */
process.exitCode = await runTestCommand(
  { name: 'test:cluster', parts: clusterParts, lanes: 2, require: requireRoot },
  process.argv.slice(2),
);

function requireRoot(parts: readonly Part[]): void {
  if (process.getuid?.() === 0 || !parts.some(({ name }) => name.startsWith('cluster'))) return;
  throw new ProblemError([
    {
      message: 'a lab node needs root: network namespaces, mounts and cgroups are made',
      found: `user id ${process.getuid?.() ?? 'unknown'}`,
      remedy: 'sudo npm run test:cluster; its other parts, by --only, need no root',
    },
  ]);
}
