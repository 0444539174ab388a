import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../src/process/run.ts';

const notText = /\.(wav|png|gz|tgz|tar)$/;
/** Vendored schemas, packed releases, generated dashboards and what `npm run prove-alerts` measured. */
const madeElsewhere =
  /^(schemas\/|test\/releases\/|charts\/audio-processor\/files\/dashboards\/|docs\/alerts\.json$|checks\/alerts\/measured\.json$)/;
const lockFiles = /(^|\/)(package-lock\.json|go\.(sum|mod)|requirements[\w-]*\.txt)$/;

/** A text file of the repository. */
export interface TextFile {
  /** Relative to the clone. */
  readonly path: string;
  readonly text: string;
  /** True when a program writes it or it comes from elsewhere: generated, a lock file, a vendored schema, a packed release. */
  readonly generated: boolean;
}

/** Every text file that is or would be committed, new ones included. */
export async function textFiles(root: string): Promise<readonly TextFile[]> {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const { stdout } = await run('git', list, { cwd: root, timeoutMs: 30_000 });
  const paths = stdout.split('\0').filter((path) => path !== '' && !notText.test(path));
  const files = await Promise.all(
    paths.map(async (path) => {
      // A deleted file stays in the index until the next commit.
      const text = await readFile(join(root, path), 'utf8').catch(() => undefined);
      return text === undefined ? [] : [{ path, text, generated: isGenerated(path, text) }];
    }),
  );
  return files.flat();
}

function isGenerated(path: string, text: string): boolean {
  if (madeElsewhere.test(path)) return true;
  return lockFiles.test(path) || /generated (from|by)/i.test(text.slice(0, 400));
}
