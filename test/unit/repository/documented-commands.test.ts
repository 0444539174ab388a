import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type DocumentedCommand, documentedCommands } from '../../support/documented-commands.ts';
import { repositoryFiles } from './files.ts';

const files = await repositoryFiles();
const documents = files.filter(({ path }) => /\.md(\.hbs)?$/.test(path));
const blocks = (await Promise.all(documents.map(({ path }) => documentedCommands(path)))).flat();

describe('every command in the docs is run by a test, or has a reason why not', () => {
  it('each shell block has a runner or a reason in front of it', () => {
    const bare = blocks.filter(({ runs, notRun }) => runs === undefined && notRun === undefined);
    expect(bare.map(({ file, line }) => `${file}:${line}`)).toEqual([]);
  });

  it('each shell block is fenced as sh or bash, so that none is overlooked', () => {
    const overlooked = documents.flatMap(({ path, text }) =>
      [...text.matchAll(/^.*(?:```|~~~)(?:shell|zsh|console|shell-session|terminal)\b/gm)].map(
        ([line]) => `${path}: ${line}`,
      ),
    );
    expect(overlooked).toEqual([]);
    const fences = documents.flatMap(({ text }) => [...text.matchAll(/```(?:sh|bash)\b/g)]);
    expect(blocks).toHaveLength(fences.length);
  });

  it('each runner exists, and a test reads the document whose commands it runs', () => {
    const runners = blocks.filter(({ runs }) => runs !== undefined);
    expect(runners.length).toBeGreaterThan(0);
    const wrong = runners.filter((block) => !isRun(block));
    expect(wrong.map(({ file, line, runs }) => `${file}:${line}: ${runs}`)).toEqual([]);
  });
});

/**
 * A test names the document that it takes its commands from, or the folder whose documents it takes. A translation is run by the test of its original:
 * its block is the same. Any other runner, `.ci/run`, is a command itself.
 */
function isRun(block: DocumentedCommand): boolean {
  const runner = files.find(({ path }) => path === block.runs);
  if (runner === undefined) return false;
  if (!runner.path.endsWith('.test.ts')) return true;
  const same = blocks.filter(({ code, runs }) => code === block.code && runs === block.runs);
  return same.some(({ file }) =>
    [file, posix.dirname(file)].some((named) => named !== 'docs' && runner.text.includes(`'${named}'`)),
  );
}
