import { expect, test } from 'vitest';
import { phrasesToAvoid } from '../../../checks/prose.ts';
import { avoidedPhrases, avoidedWords } from '../../../checks/words-to-avoid.mjs';

const [{ entry: first, use } = { entry: '', use: '' }] = avoidedPhrases;
const [{ entry: word } = { entry: '' }] = avoidedWords;
const file = (path: string, text: string, generated = false) => ({ path, text, generated });

test('a phrase is found in any case, with its place, its line and its replacement', () => {
  expect(first).toContain(' ');
  const line = `  It is ${first.toUpperCase()}.`;
  expect(phrasesToAvoid([file('docs/page.md', `Title\n${line}\n`)])).toEqual([
    `docs/page.md:2:9 - Phrase to avoid (${first.toUpperCase()}) Use: (${use})\n  ${line.trim()}`,
  ]);
});

test('neither a part of a longer word nor a single word is a phrase', () => {
  expect(word).not.toBe('');
  expect(phrasesToAvoid([file('docs/page.md', `in-${first} ${first}s ${word}\n`)])).toEqual([]);
});

test('neither the page that lists the phrases nor a generated file counts', () => {
  expect(phrasesToAvoid([file('docs/glossary.md', first), file('docs/page.md', first, true)])).toEqual([]);
});
