// @ts-check
// Plain JavaScript, because cspell.config.mjs uses it as well.
import { readFileSync } from 'node:fs';

/** docs/glossary.md. */
export const glossary = readFileSync(new URL('../docs/glossary.md', import.meta.url), 'utf8');

/** The glossary's table "Words to avoid": each word or phrase, and what to write in its place. */
const avoided = (glossary.split('## Words to avoid\n')[1] ?? '')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(1)
  .flatMap((row) => {
    const [, entries = '', use = ''] = row.split('|').map((cell) => cell.trim());
    return entries.split(', ').map((entry) => ({ entry, use }));
  });

/** @param {{ readonly entry: string }} one */
const isWord = ({ entry }) => /^\w+$/.test(entry);

/** What cspell finds: single words. */
export const avoidedWords = avoided.filter(isWord);

/** What checks/prose.ts finds: a phrase is no word to cspell. */
export const avoidedPhrases = avoided.filter((one) => !isWord(one));
