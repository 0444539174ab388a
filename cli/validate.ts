import { Command } from 'commander';
import { colors } from '../src/report/colors.ts';
import { formatProblem } from '../src/report/problem.ts';
import { fromCallersFolder } from './paths.ts';

/** `validate FILE…`: all checks of values files that need no cluster. */
export function validateCommand(signal: AbortSignal): Command {
  return new Command('validate')
    .description('Check values files: each alone, merged with the defaults, and by Helm itself.')
    .argument('<file...>', 'values files, in the order in which Helm would get them')
    .option('--kube-version <version>', 'Kubernetes version to render for')
    .option('--json', 'problems as a JSON array')
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing wrong (warnings allowed), 1 problems found, 2 could not check.',
    )
    .action(async (files: readonly string[], options: { kubeVersion?: string; json?: boolean }) => {
      // Nothing is changed and nothing has to be cleaned up: the end of this process ends its Helm as well.
      signal.addEventListener('abort', () => process.exit(130));
      const { validateOverlays } = await import('../src/chart/validate.ts');
      const problems = await validateOverlays(
        files.map(fromCallersFolder),
        options.kubeVersion === undefined ? {} : { kubeVersion: options.kubeVersion },
      );
      const errors = problems.filter((problem) => problem.severity !== 'warning');
      if (options.json) process.stdout.write(`${JSON.stringify(problems, null, 2)}\n`);
      else {
        for (const problem of problems) process.stderr.write(`${formatProblem(problem)}\n`);
        const count = `${errors.length} problems, ${problems.length - errors.length} warnings in ${files.join(', ')}`;
        process.stderr.write(`${errors.length === 0 ? colors.green(count) : colors.red(count)}\n`);
      }
      process.exitCode = errors.length === 0 ? 0 : 1;
    });
}
