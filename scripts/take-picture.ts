import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { withBrowser } from '../checks/cluster/browser.ts';
import { optionsOf } from '../cli/options.ts';
import { instance } from '../lab/cluster/instance.ts';
import { withForward } from '../src/deploy/forward.ts';
import { repositoryRoot } from '../src/tools/versions.ts';

/**
 * `npm run picture [-- --name LAB]`: takes the README's picture, docs/images/prometheus-alerts.png, from the page of the
 * alerts of a lab that `npm run up` or `npm run prove-alerts` started.
 */
async function main(): Promise<void> {
  const { name } = optionsOf<{ name: string }>(
    new Command('npm run picture --')
      .description("Takes the README's picture from the alerts page of a running lab.")
      .option('--name <lab>', 'the lab', 'audio-processor'),
  );
  const { kubeconfig } = instance(name);
  const picture = join(repositoryRoot, 'docs/images/prometheus-alerts.png');
  await mkdir(join(repositoryRoot, 'docs/images'), { recursive: true });
  const server = { namespace: 'ml-service', resource: 'service/prometheus-service', port: 9090 };
  await withForward({ kubeconfig }, server, (url) =>
    withBrowser((visit) => visit(`${url}/prometheus/alerts`, { until: 'PoolStalled', picture })),
  );
  process.stdout.write(`${picture}\n`);
}

await main();
