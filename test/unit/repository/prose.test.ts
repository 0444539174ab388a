import { expect, it } from 'vitest';
import { linesWith, repositoryFiles } from './files.ts';

const glossary = 'docs/glossary.md';
const files = await repositoryFiles();

/** Entries of the glossary's "Words to avoid" that are no single word; `npm run prose` checks those. */
const phrases = (files.find(({ path }) => path === glossary)?.text ?? '')
  .split('## Words to avoid\n')[1]
  ?.split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(1)
  .flatMap((row) => row.split('|')[1]?.trim().split(', ') ?? [])
  .filter((entry) => !/^\w+$/.test(entry));

it('no file has a phrase that the glossary avoids', () => {
  expect(phrases?.length).toBeGreaterThan(0);
  const written = files.filter(
    ({ path, generated }) => !generated && path !== glossary && path !== 'LICENSE',
  );
  const anyPhrase = new RegExp(`(?<![\\w-])(${phrases?.join('|')})(?![\\w-])`, 'i');
  expect(linesWith(written, anyPhrase)).toEqual([]);
});
