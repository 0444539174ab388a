import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { phrasesToAvoid } from '../../../checks/prose.ts';
import cspell from '../../../cspell.config.mjs';
import { repositoryRoot } from '../../../src/tools/versions.ts';

// Read from the page: written here, the phrases would be found in this file.
const glossary = await readFile(join(repositoryRoot, 'docs/glossary.md'), 'utf8');
const [, first = '', use = ''] =
  /^\| ([^|,]* [^|,]*)(?:, [^|]*)? \| ([^|]*) \|$/m.exec(glossary.split('## Words to avoid')[1] ?? '') ?? [];
const file = (path: string, text: string, generated = false) => ({ path, text, generated });

test('a phrase is found in any case, with its place, its line and its replacement', () => {
  const line = `  It is ${first.toUpperCase()}.`;
  expect(phrasesToAvoid([file('docs/page.md', `Title\n${line}\n`)])).toEqual([
    `docs/page.md:2:9 - Phrase to avoid (${first.toUpperCase()}) Use: (${use})\n  ${line.trim()}`,
  ]);
});

test('neither a part of a longer word nor a single word is a phrase', () => {
  const [word = ''] = cspell.flagWords.map((entry) => entry.split('->')[0] ?? '');
  expect(word).not.toBe('');
  expect(phrasesToAvoid([file('docs/page.md', `in-${first} ${first}s ${word}\n`)])).toEqual([]);
});

test('neither the page that lists the phrases nor a generated file counts', () => {
  expect(phrasesToAvoid([file('docs/glossary.md', first), file('docs/page.md', first, true)])).toEqual([]);
});
