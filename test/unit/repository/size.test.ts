import { describe, expect, it } from 'vitest';
import { lineCount, repositoryFiles } from './files.ts';

const written = (await repositoryFiles()).filter((file) => !file.generated);

describe('everything fits a reader', () => {
  const longerThan = (limit: number, pattern: RegExp) =>
    written
      .filter(({ path, text }) => pattern.test(path) && lineCount(text) > limit)
      .map(({ path, text }) => `${path}: ${lineCount(text)} lines`);

  it('no template is over 160 lines', () => {
    const remedy = 'move a named template to a _<name>.tpl of the same room, or to templates/_shared';
    expect(longerThan(160, /^charts\/.*\/templates\//), remedy).toEqual([]);
  });

  it('no module is over 300 lines', () => {
    const remedy = 'move what serves one purpose to a module beside it';
    expect(longerThan(300, /\.(ts|mjs|py|sh)$/), remedy).toEqual([]);
  });

  it('there are modules and templates to measure', () => {
    const count = (pattern: RegExp) => written.filter(({ path }) => pattern.test(path)).length;
    expect(count(/^charts\/.*\/templates\//)).toBeGreaterThan(5);
    expect(count(/\.ts$/)).toBeGreaterThan(50);
  });
});
