import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemError } from '../report/problem.ts';
import { repositoryRoot } from '../tools/versions.ts';
import { type Archive, digestOf } from './pack.ts';

/** Where every published archive stays: the base of the upgrade tests. */
export const keptDirectory = join(repositoryRoot, 'test/releases');

/** A published archive. */
export interface KeptRelease {
  readonly version: string;
  /** Absolute path of the archive. */
  readonly file: string;
  /** `sha256:<64 hex digits>` of the archive. */
  readonly digest: string;
}

/** Every kept release of the chart, oldest version first. */
export async function keptReleases(
  name = 'audio-processor',
  directory = keptDirectory,
): Promise<readonly KeptRelease[]> {
  const entries = await readdir(directory).catch(() => []);
  const versions = entries.flatMap((entry) => {
    const found = entry.startsWith(`${name}-`) && entry.endsWith('.tgz');
    return found ? [entry.slice(name.length + 1, -'.tgz'.length)] : [];
  });
  const inOrder = versions.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return Promise.all(
    inOrder.map(async (version) => {
      const file = join(directory, `${name}-${version}.tgz`);
      return { version, file, digest: digestOf(await readFile(file)) };
    }),
  );
}

/**
 * Keeps an archive as the release that its version names. Once kept, a version never changes.
 * @throws {ProblemError} for a prerelease, and for a version that is kept with other content.
 */
export async function keepRelease(archive: Archive, directory = keptDirectory): Promise<KeptRelease> {
  const { name, version, digest, bytes, fileName } = archive;
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    throw refusal(version, 'only a release is kept', 'write a version without suffix into Chart.yaml');
  }
  const kept = (await keptReleases(name, directory)).find((one) => one.version === version);
  if (kept !== undefined && kept.digest !== digest) {
    throw refusal(
      `${version}, kept as ${kept.digest}`,
      `version ${version} is released already, and this is another chart: ${digest}`,
      'raise the version in Chart.yaml; before anybody has got the release, remove the kept archive instead',
    );
  }
  await mkdir(directory, { recursive: true });
  const file = join(directory, fileName);
  if (kept === undefined) await writeFile(file, bytes);
  return { version, file, digest };
}

function refusal(found: string, message: string, remedy: string): ProblemError {
  return new ProblemError([{ message, found, remedy }]);
}
