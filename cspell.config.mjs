import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { avoidedWords, glossary } from './checks/words-to-avoid.mjs';

const thisFile = readFileSync(new URL(import.meta.url), 'utf8');

/** What the result of a file depends on beside its content: cspell's own cache does not follow what this file reads. */
const rules = createHash('sha256').update(glossary).update(thisFile).digest('hex').slice(0, 12);

export default {
  version: '0.2',
  language: 'en',
  flagWords: avoidedWords.map(({ entry, use }) => `${entry}->${use}`),
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
