import { CommandError, run } from '../process/run.ts';
import { ProblemError } from '../report/problem.ts';

/**
 * Checks that a chart holds nothing that no commit has: nobody could pack the same again.
 * A folder without a history (the sources as an archive) passes.
 * @throws {ProblemError} with the files.
 */
export async function requireCommitted(chart: string): Promise<void> {
  const files = await uncommittedFiles(chart);
  if (files.length === 0) return;
  throw new ProblemError([
    {
      message: 'the chart has changes that are not committed',
      found: files.join(', '),
      remedy: 'commit them, or name a packed chart by --archive',
    },
  ]);
}

async function uncommittedFiles(chart: string): Promise<readonly string[]> {
  try {
    const { stdout } = await run('git', ['status', '--porcelain', '--', '.'], {
      cwd: chart,
      timeoutMs: 30_000,
    });
    return stdout.split('\n').flatMap((line) => (line === '' ? [] : [line.slice(3)]));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    if (error.notFound || error.stderr.includes('not a git repository')) return [];
    throw error;
  }
}
