import { existsSync } from 'node:fs';
import { Command } from 'commander';
import type { Archive } from '../src/release/pack.ts';
import { colors } from '../src/report/colors.ts';
import { ProblemError } from '../src/report/problem.ts';
import { fromCallersFolder } from './paths.ts';

interface PublishOptions {
  readonly archive?: string;
  readonly key?: string;
  readonly plainHttp: boolean;
  readonly json?: boolean;
}

/** `publish REGISTRY`: pushes the chart once, and proves that it came through. */
export function publishCommand(signal: AbortSignal): Command {
  return new Command('publish')
    .description(
      'Push the chart to an OCI registry; a version that is there with other content is never replaced.',
    )
    .argument('<registry>', 'registry of charts: oci://HOST[:PORT][/PATH]; log in with `helm registry login`')
    .option('--archive <file>', 'archive of the chart; packed from this clone when not given')
    .option('--key <file>', 'sign with this cosign private key; its password in COSIGN_PASSWORD')
    .option('--plain-http', 'HTTP without TLS, for a registry on loopback', false)
    .option('--json', 'one JSON object: {reference, version, digest, archive, pushed, signed}')
    .addHelpText('after', '\nThe chart is packed only from files that git has: commit first.')
    .action(async (url: string, options: PublishOptions) => {
      // A registry shows a chart once it has all of it: an interrupted push is none.
      signal.addEventListener('abort', () => process.exit(130));
      const { readRegistry } = await import('../src/release/registry.ts');
      const { publish } = await import('../src/release/publish.ts');
      const registry = { url: readRegistry(url), plainHttp: options.plainHttp, signal };
      const archive = await archiveOf(options);
      const key = options.key === undefined ? {} : { key: await existingFile(options.key) };
      const note = (line: string) => void process.stderr.write(`${line}\n`);
      const publication = await publish(archive, registry, { ...key, note });
      if (options.json) process.stdout.write(`${JSON.stringify(publication, null, 2)}\n`);
      const signed =
        publication.signed === undefined ? '' : `, signed${publication.signed === 'now' ? '' : ' already'}`;
      note(
        `${colors.green(publication.pushed ? 'published' : 'nothing to do')}${signed}: ${publication.reference}`,
      );
    });
}

async function archiveOf({ archive }: PublishOptions): Promise<Archive> {
  const { chartDirectory } = await import('../src/chart/helm.ts');
  const { requireCommitted } = await import('../src/release/committed.ts');
  const { packChart, readArchive } = await import('../src/release/pack.ts');
  if (archive !== undefined) return readArchive(await existingFile(archive));
  await requireCommitted(chartDirectory);
  return packChart(chartDirectory);
}

async function existingFile(path: string): Promise<string> {
  const file = fromCallersFolder(path);
  if (existsSync(file)) return file;
  throw new ProblemError([{ message: 'no such file', found: file }]);
}
