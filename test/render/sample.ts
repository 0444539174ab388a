import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError, run } from '../../src/process/run.ts';
import { repositoryRoot } from '../../src/tools/versions.ts';

/** Seed of what a run draws; `AUDIO_PROCESSOR_TEST_SEED` sets it, else it is another every day. */
export const seed = Number(process.env.AUDIO_PROCESSOR_TEST_SEED ?? Math.floor(Date.now() / 86_400_000));

/** `size` of the items, drawn by the seed. */
export function sample<T>(items: readonly T[], size: number): readonly T[] {
  const rest = [...items];
  let state = seed >>> 0;
  const drawn: T[] = [];
  while (drawn.length < size && rest.length > 0) {
    // Numerical Recipes' generator: the same draw everywhere.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    drawn.push(...rest.splice(Math.floor((state / 2 ** 32) * rest.length), 1));
  }
  return drawn;
}

/** Sources of the values and of what is rendered from them; generated files repeat these. */
const sources = ['src/schema', 'charts/audio-processor/files/alerts', ':(glob)charts/**/templates/**'];

/**
 * The words of what changed since the merge base with `main`, or on `main` itself since the last commit: of the lines, and of
 * the paths, because an alert's name is the name of its file. What is not committed counts, new files too. None where `root`
 * is no git clone.
 */
export async function changedWords(root = repositoryRoot): Promise<ReadonlySet<string>> {
  const git = gitIn(root);
  try {
    const base = await mergeBase(git);
    const diff = await git('diff', '--unified=0', '--no-color', base, '--', ...sources);
    const lines = diff.split('\n').filter((line) => /^[-+](?![-+]{2} )/.test(line));
    const changed = await git('diff', '--name-only', base, '--', ...sources);
    const untracked = await git('ls-files', '--others', '--exclude-standard', '--', ...sources);
    const files = untracked.split('\n').filter((path) => path !== '');
    const texts = await Promise.all(files.map((path) => readFile(join(root, path), 'utf8')));
    return new Set([...lines, changed, untracked, ...texts].flatMap((text) => text.match(/\w+/g) ?? []));
  } catch (error) {
    if (error instanceof CommandError) return new Set();
    throw error;
  }
}

type Git = (...args: readonly string[]) => Promise<string>;

async function mergeBase(git: Git): Promise<string> {
  const head = await git('rev-parse', 'HEAD');
  for (const branch of ['origin/main', 'main']) {
    const base = await git('merge-base', 'HEAD', branch).catch(() => head);
    if (base !== head) return base;
  }
  return git('rev-parse', 'HEAD~1');
}

function gitIn(root: string): Git {
  return async (...args) => (await run('git', args, { cwd: root, timeoutMs: 20_000 })).stdout.trim();
}
