import type { Command } from 'commander';
import { defaultInstance } from '../lab/cluster/instance.ts';
import { namespaceName, releaseName } from './names.ts';
import { fromCallersFolder } from './paths.ts';

/** Which release, and where: in the lab, or with `--context` on an existing cluster. */
export interface TargetOptions {
  readonly name: string;
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly namespace: string;
  readonly release: string;
}

/** Declares the options that select a release, the same for `up` and `down`. */
export function withTarget(command: Command): Command {
  return command
    .option('--name <instance>', 'name of the lab; each has a separate node', defaultInstance)
    .option('--context <name>', 'context of an existing cluster, instead of the lab')
    .option(
      '--kubeconfig <file>',
      'with --context: the file that holds it (default: as kubectl finds it)',
      fromCallersFolder,
    )
    .option('-n, --namespace <name>', 'namespace of the release', namespaceName, 'ml-service')
    .option('--release <name>', 'release name', releaseName, 'audio-processor');
}
