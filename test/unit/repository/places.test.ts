import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../../src/tools/versions.ts';
import { linesWith, repositoryFiles } from './files.ts';

const thisFile = 'test/unit/repository/places.test.ts';
const files = (await repositoryFiles()).filter(({ path }) => path !== thisFile);

describe('the repository can be cloned to any place', () => {
  it('no file names the folder of this clone', () => {
    expect(files.filter(({ text }) => text.includes(repositoryRoot)).map(({ path }) => path)).toEqual([]);
  });

  it('no file names a folder of a person or of a build machine', () => {
    const written = files.filter(({ path }) => path !== 'package-lock.json');
    expect(linesWith(written, /(?<![\w.~/-])\/(home\/\w+|Users\/\w+|work\/\w+|workspace|builds)\//)).toEqual(
      [],
    );
  });

  it('no file names the host of a package registry, and none selects one', () => {
    const hosts =
      /registry\.npmjs\.org|proxy\.golang\.org|sum\.golang\.org|pypi\.org|pythonhosted\.org|deb\.debian\.org/;
    const options = /--(extra-)?index-url\s+\S*:|--find-links\s+\S*\/|--trusted-host\s+\w|^registry\s*=/;
    expect(linesWith(files, hosts)).toEqual([]);
    expect(linesWith(files, options)).toEqual([]);
  });
});
