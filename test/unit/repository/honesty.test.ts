import { describe, expect, it } from 'vitest';
import { linesWith, repositoryFiles } from './files.ts';

const thisFile = 'test/unit/repository/honesty.test.ts';
const files = (await repositoryFiles()).filter(({ path, generated }) => !generated && path !== thisFile);
const typescript = files.filter(({ path }) => path.endsWith('.ts'));
const python = files.filter(({ path }) => path.endsWith('.py'));

describe('nothing is switched off', () => {
  it('no test is skipped, alone, postponed or expected to fail', () => {
    const offs =
      /\b(it|test|describe)(\.\w+)*\.(skip|only|todo|fails|skipIf|runIf)\b|\b(context|ctx|task)\.skip\(/;
    expect(linesWith(typescript, offs)).toEqual([]);
    expect(
      linesWith(python, /pytest\.(mark\.(skip|skipif|xfail)|skip|xfail|importorskip)\b|unittest\.skip/),
    ).toEqual([]);
  });

  it('the compiler is never silenced; a test may mark the line that it must refuse', () => {
    expect(linesWith(typescript, /@ts-(ignore|nocheck)/)).toEqual([]);
    const sources = typescript.filter(({ path }) => !path.startsWith('test/'));
    expect(linesWith(sources, /@ts-expect-error/)).toEqual([]);
    expect(linesWith(typescript, /@ts-expect-error\s*$/)).toEqual([]);
  });

  it('nothing is typed any', () => {
    expect(linesWith(typescript, /(:|\bas|<|,)\s*any\b(?!thing)\s*[;,)>\]=|&]|\bany\[\]/)).toEqual([]);
  });

  it('a linter rule is switched off for one line only, with a reason', () => {
    expect(
      linesWith(files, /biome-ignore-(all|start)|biome-ignore \S+(?!\S*:\s*\S)\s*$|eslint-disable/),
    ).toEqual([]);
    expect(linesWith(python, /#\s*(noqa|type:\s*ignore)\s*$/)).toEqual([]);
  });

  it('there are files to check', () => {
    expect(typescript.length).toBeGreaterThan(50);
    expect(python.length).toBeGreaterThan(5);
  });
});
