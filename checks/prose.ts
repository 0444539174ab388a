import { join } from 'node:path';
import { repositoryRoot } from '../src/tools/versions.ts';
import { type Ended, settled } from './runner/settled.ts';
import { type TextFile, textFiles } from './shape/repository.ts';
import { avoidedPhrases } from './words-to-avoid.mjs';

/** The page that lists the words themselves, and what comes from elsewhere. */
const ignored = ['docs/glossary.md', 'LICENSE'];

const pattern = new RegExp(
  `(?<![\\w-])(${avoidedPhrases.map(({ entry }) => entry).join('|')})(?![\\w-])`,
  'gi',
);

/**
 * Each phrase of the glossary's "Words to avoid", as `path:line:column - Phrase to avoid (phrase) Use: (terms)` like cspell's
 * findings, and the line below it.
 */
export function phrasesToAvoid(files: readonly TextFile[]): readonly string[] {
  return files
    .filter(({ path, generated }) => !generated && !ignored.includes(path))
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index) =>
        [...line.matchAll(pattern)].map(({ 0: phrase, index: column }) => {
          const use = avoidedPhrases.find(({ entry }) => entry === phrase.toLowerCase())?.use;
          return `${path}:${index + 1}:${column + 1} - Phrase to avoid (${phrase}) Use: (${use})\n  ${line.trim()}`;
        }),
      ),
    );
}

/**
 * The words and phrases of the repository that the glossary avoids: words by cspell, phrases by this module.
 * @returns the findings; `ok` is true when there are none
 */
export async function checkProse(
  signal?: AbortSignal,
): Promise<Pick<Ended, 'output' | 'cpuSeconds'> & { readonly ok: boolean }> {
  const cspell = join(repositoryRoot, 'node_modules/cspell/bin.mjs');
  const { output, cpuSeconds, error } = await settled(
    process.execPath,
    [cspell, '--no-progress', '--no-summary', '--no-color'],
    { cwd: repositoryRoot, timeoutMs: 5 * 60_000, ...(signal === undefined ? {} : { signal }) },
  );
  if (error !== undefined && error.exitCode === undefined) throw error;
  const phrases = phrasesToAvoid(await textFiles(repositoryRoot));
  // Its findings are on standard output; without any it failed otherwise, and everything that it printed explains why.
  const words = error === undefined ? '' : error.stdout.trim() || output;
  const lines = [words, ...phrases].filter((line) => line !== '');
  return { output: lines.join('\n'), cpuSeconds, ok: error === undefined && phrases.length === 0 };
}
