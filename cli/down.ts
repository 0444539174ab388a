import { Command } from 'commander';
import { instance } from '../lab/cluster/instance.ts';
import { ProblemError } from '../src/report/problem.ts';
import { Steps } from '../src/report/steps.ts';
import { type TargetOptions, withTarget } from './target.ts';

/** `down`: removes the lab's node, or with `--context` the release from an existing cluster. */
export function downCommand(signal: AbortSignal): Command {
  return withTarget(new Command('down'))
    .description(
      'Remove the lab (node, pods, data), or with --context uninstall the release and leave the cluster.',
    )
    .option('--json', 'the time of each step as JSON')
    .action(async (options: DownOptions, command: Command) => {
      const steps = new Steps();
      if (options.context === undefined) {
        refuseForeignOptions(command);
        const { nodeDown } = await import('../lab/cluster/node.ts');
        await steps.step(`remove the lab ${options.name}`, () => nodeDown(instance(options.name)));
      } else {
        const { context, kubeconfig, release, namespace } = options;
        const { assertReachable } = await import('../src/kubernetes/kubectl.ts');
        const { uninstall } = await import('../src/chart/release.ts');
        const cluster = { context, ...(kubeconfig === undefined ? {} : { kubeconfig }) };
        await assertReachable(cluster);
        await steps.step(`uninstall ${release} from ${context}; claims, Secrets and the namespace stay`, () =>
          uninstall({ release, namespace, ...cluster, signal }),
        );
      }
      if (options.json) process.stdout.write(`${JSON.stringify({ steps: steps.times }, null, 2)}\n`);
    });
}

/** Without --context the lab would be removed, which is not meant where a release or a kubeconfig is named. */
function refuseForeignOptions(command: Command): void {
  const foreign = ['kubeconfig', 'namespace', 'release'].filter(
    (name) => command.getOptionValueSource(name) === 'cli',
  );
  if (foreign.length === 0) return;
  throw new ProblemError(
    foreign.map((name) => ({
      message: `--${name} belongs to --context`,
      remedy: 'name the context of your cluster, or leave the option out to remove the lab',
    })),
  );
}

interface DownOptions extends TargetOptions {
  readonly json?: boolean;
}
