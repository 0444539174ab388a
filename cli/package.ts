import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Command } from 'commander';
import type { Archive } from '../src/release/pack.ts';
import { colors } from '../src/report/colors.ts';
import { repositoryRoot } from '../src/tools/versions.ts';
import { fromCallersFolder } from './paths.ts';

interface PackageOptions {
  readonly out?: string;
  readonly keep?: boolean;
  readonly json?: boolean;
}

/** `package`: the chart as one file, the same bytes from every clone. */
export function packageCommand(signal: AbortSignal): Command {
  return new Command('package')
    .description('Pack the chart into one archive, byte for byte the same from every clone.')
    .option('--out <folder>', 'folder of the archive; by default dist/ of this clone')
    .option(
      '--keep',
      'a release: date the changelog, keep the archive in test/releases for the upgrade tests',
    )
    .option('--json', 'one JSON object: {name, version, file, digest, bytes, files, kept}')
    .action(async (options: PackageOptions) => {
      signal.addEventListener('abort', () => process.exit(130));
      const { chartDirectory, lintChart } = await import('../src/chart/helm.ts');
      const { packChart, packedAt } = await import('../src/release/pack.ts');
      const archive = await packChart(chartDirectory);
      const folder =
        options.out === undefined ? join(repositoryRoot, 'dist') : fromCallersFolder(options.out);
      const file = join(folder, archive.fileName);
      await mkdir(folder, { recursive: true });
      await writeFile(file, archive.bytes);
      // Helm writes the archive's time into what it pushes.
      await utimes(file, packedAt, packedAt);
      await lintChart({ chart: file });
      const kept = options.keep === true ? await keep(archive) : undefined;
      const { name, version, digest, files } = archive;
      const facts = { name, version, file, digest, bytes: archive.bytes.length, files, kept };
      if (options.json) process.stdout.write(`${JSON.stringify(facts, null, 2)}\n`);
      const paths = [file, ...(kept === undefined ? [] : [kept])].map((path) =>
        relative(process.cwd(), path),
      );
      const size = `${(archive.bytes.length / 1000).toFixed(1)} kB, ${files.length} files`;
      process.stderr.write(`${colors.green(paths.join(', '))}  ${size}\n${digest}\n`);
    });
}

async function keep(archive: Archive): Promise<string> {
  const { keepRelease } = await import('../src/release/keep.ts');
  const { dateChangelog } = await import('../src/release/changelog.ts');
  const { file } = await keepRelease(archive);
  await dateChangelog(archive.version);
  return file;
}
