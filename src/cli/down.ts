import { Command } from 'commander';
import { instance } from '../../lab/cluster/instance.ts';
import { nodeDown } from '../../lab/cluster/node.ts';
import { uninstall } from '../chart/release.ts';
import { Steps } from '../report/steps.ts';
import { type TargetOptions, withTarget } from './target.ts';

/** `down`: removes the lab's node, or with `--context` the release from an existing cluster. */
export function downCommand(): Command {
  return withTarget(new Command('down'))
    .description(
      'Remove the lab (node, pods, data), or with --context uninstall the release and leave the cluster.',
    )
    .option('--json', 'the time of each step as JSON')
    .action(async (options: DownOptions) => {
      const steps = new Steps();
      if (options.context === undefined) {
        await steps.step(`remove the lab ${options.name}`, () => nodeDown(instance(options.name)));
      } else {
        const { context, kubeconfig, release, namespace } = options;
        await steps.step(`uninstall ${release} from ${context}; claims, Secrets and the namespace stay`, () =>
          uninstall({ release, namespace, context, ...(kubeconfig === undefined ? {} : { kubeconfig }) }),
        );
      }
      if (options.json) process.stdout.write(`${JSON.stringify({ steps: steps.times }, null, 2)}\n`);
    });
}

interface DownOptions extends TargetOptions {
  readonly json?: boolean;
}
