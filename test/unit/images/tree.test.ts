import { chmod, symlink as link, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { directory, layerEntries, symlink, textFile, treeEntries } from '../../../lab/images/tree.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tree-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a folder of the clone', () => {
  it('belongs to the given owner and is readable by all, whatever the umask was', async () => {
    await mkdir(join(folder, 'src'), { mode: 0o700 });
    await writeFile(join(folder, 'src/main.py'), 'x', { mode: 0o600 });
    await writeFile(join(folder, 'src/start'), 'x');
    await chmod(join(folder, 'src/start'), 0o4700);
    await link('main.py', join(folder, 'src/link'));
    const entries = layerEntries(treeEntries(folder, { at: 'app', owner: { uid: 1000, gid: 1000 } }));
    expect(entries.map(({ kind, path, mode, uid }) => [kind, path, mode.toString(8), uid])).toEqual([
      ['directory', 'app', '755', 0],
      ['directory', 'app/src', '755', 1000],
      ['symlink', 'app/src/link', '777', 1000],
      ['file', 'app/src/main.py', '644', 1000],
      ['file', 'app/src/start', '755', 1000],
    ]);
  });

  it('gives the same entries at another time', async () => {
    await writeFile(join(folder, 'a'), 'x');
    const before = treeEntries(folder, { owner: 'as-found' });
    await utimes(join(folder, 'a'), 1, 1);
    expect(treeEntries(folder, { owner: 'as-found' })).toEqual(before);
  });
});

describe('a Debian tree', () => {
  it('keeps its permissions, but no set-user-id bit', async () => {
    await mkdir(join(folder, 'tmp'));
    await chmod(join(folder, 'tmp'), 0o1777);
    await writeFile(join(folder, 'su'), 'x');
    await chmod(join(folder, 'su'), 0o6755);
    await writeFile(join(folder, 'shadow'), 'x', { mode: 0o640 });
    const modes = treeEntries(folder, { owner: 'as-found' }).map(({ path, mode }) => [
      path,
      mode.toString(8),
    ]);
    expect(Object.fromEntries(modes)).toEqual({ tmp: '1777', su: '755', shadow: '640' });
  });
});

describe('the entries of a layer', () => {
  it('are sorted, folders before their content', () => {
    const paths = layerEntries([textFile('b/c', ''), textFile('b-d', ''), directory('b')]).map(
      (entry) => entry.path,
    );
    expect(paths).toEqual(['b', 'b-d', 'b/c']);
  });

  it('come with the folders that nobody named, owned by root', () => {
    expect(
      layerEntries([textFile('a/b/c', '', { owner: { uid: 7, gid: 7 } })]).map(({ path, uid }) => [
        path,
        uid,
      ]),
    ).toEqual([
      ['a', 0],
      ['a/b', 0],
      ['a/b/c', 7],
    ]);
  });

  it('hold one of each path: the later one, and a folder that was named over one that was not', () => {
    const owner = { uid: 1000, gid: 1000 };
    const entries = layerEntries([textFile('app/x', 'old'), directory('app', owner), symlink('app/x', 'y')]);
    expect(entries.map(({ kind, path, uid }) => [kind, path, uid])).toEqual([
      ['directory', 'app', 1000],
      ['symlink', 'app/x', 0],
    ]);
  });
});
