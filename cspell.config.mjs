import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const glossary = readFileSync(new URL('docs/glossary.md', import.meta.url), 'utf8');
const thisFile = readFileSync(new URL(import.meta.url), 'utf8');

/** The glossary's table "Words to avoid": each word or phrase, and what to write in its place. */
const avoided = glossary
  .split('## Words to avoid\n')[1]
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(1)
  .flatMap((row) => {
    const [, entries, use] = row.split('|').map((cell) => cell.trim());
    return entries.split(', ').map((entry) => ({ entry, use }));
  });

/** A phrase is no word to cspell: checks/prose.ts searches for these. */
export const avoidedPhrases = avoided.filter(({ entry }) => !/^\w+$/.test(entry));

const flagWords = avoided
  .filter((one) => !avoidedPhrases.includes(one))
  .map(({ entry, use }) => `${entry}->${use}`);

/** What the result of a file depends on beside its content: cspell's own cache does not follow what this file reads. */
const rules = createHash('sha256').update(glossary).update(thisFile).digest('hex').slice(0, 12);

export default {
  version: '0.2',
  language: 'en',
  flagWords,
  unknownWords: 'report-flagged',
  useGitignore: true,
  enableGlobDot: true,
  files: ['**'],
  // What programs write, what comes from elsewhere, and the page that lists the words themselves.
  ignorePaths: [
    '.git/**',
    '**/package-lock.json',
    '**/go.sum',
    '**/*.schema.json',
    'schemas/**',
    'src/generated/**',
    'charts/**/files/dashboards/**',
    'test/releases/**',
    // Keys as Grafana documents them.
    'test/render/grafana-keys/**',
    'LICENSE',
    'docs/glossary.md',
  ],
  cache: {
    useCache: true,
    cacheStrategy: 'metadata',
    cacheLocation: `node_modules/.cache/cspell-${rules}`,
  },
};
