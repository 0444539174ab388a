import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { ProblemError } from '../src/report/problem.ts';
import { repositoryRoot } from '../src/tools/versions.ts';
import { namespaceName, releaseName } from './names.ts';
import { fromCallersFolder } from './paths.ts';

/** `render ENV`: the manifests of one environment, as Helm would apply them. */
export function renderCommand(signal: AbortSignal): Command {
  return new Command('render')
    .description('Print the manifests of an environment (local, dev, staging, prod) or of a values file.')
    .argument('<environment>', 'name of a file in environments/, or path of a values file')
    .option('-f, --values <file...>', 'more values files on top, in order')
    .option('-n, --namespace <name>', 'namespace to render for', namespaceName, 'ml-service')
    .option('--release <name>', 'release name', releaseName, 'audio-processor')
    .option('--kube-version <version>', 'Kubernetes version that the chart sees')
    .option('--show-only <template...>', 'only these templates, as paths under the chart')
    .option('--json', 'a JSON array of objects instead of YAML')
    .action(async (environment: string, options: RenderOptions) => {
      // Nothing is changed and nothing has to be cleaned up: the end of this process ends its Helm as well.
      signal.addEventListener('abort', () => process.exit(130));
      const input = {
        release: options.release,
        namespace: options.namespace,
        valuesFiles: [await environmentFile(environment), ...(options.values ?? []).map(fromCallersFolder)],
        ...(options.kubeVersion === undefined ? {} : { kubeVersion: options.kubeVersion }),
        ...(options.showOnly === undefined ? {} : { showOnly: options.showOnly }),
      };
      const { renderChart, renderText } = await import('../src/chart/helm.ts');
      const text = options.json
        ? `${JSON.stringify(await renderChart(input), null, 2)}\n`
        : await renderText(input);
      process.stdout.write(text);
    });
}

interface RenderOptions {
  readonly values?: readonly string[];
  readonly namespace: string;
  readonly release: string;
  readonly kubeVersion?: string;
  readonly showOnly?: readonly string[];
  readonly json?: boolean;
}

async function environmentFile(name: string): Promise<string> {
  const folder = join(repositoryRoot, 'environments');
  const known = join(folder, `${name}.yaml`);
  if (existsSync(known)) return known;
  const given = fromCallersFolder(name);
  if (existsSync(given)) return given;
  const names = (await readdir(folder))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -5));
  throw new ProblemError([
    {
      message: 'no such environment or values file',
      found: name,
      allowed: `${names.join(', ')}, or the path of a file`,
    },
  ]);
}
