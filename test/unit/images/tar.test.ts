import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TarEntry, writeTar } from '../../../lab/images/tar.ts';
import { directory, symlink, textFile } from '../../../lab/images/tree.ts';
import { run } from '../../../src/process/run.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tar-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** What GNU tar, which did not write the file, finds in it. */
async function listed(entries: readonly TarEntry[]): Promise<readonly string[]> {
  await writeTar(join(folder, 'a.tar'), entries);
  const { stdout } = await run(
    'tar',
    ['-tvf', 'a.tar', '--numeric-owner', '--quoting-style=literal', '--utc', '--full-time'],
    {
      cwd: folder,
      timeoutMs: 10_000,
    },
  );
  return stdout.split('\n').map((line) => line.replace(/ +/g, ' '));
}

describe('a tar file', () => {
  it('holds kinds, permissions, owners and sizes, and the epoch as every time', async () => {
    const entries = [
      directory('tmp', { uid: 0, gid: 0 }, 0o1777),
      directory('data', { uid: 999, gid: 998 }),
      textFile('data/run', 'hello', { mode: 0o755, owner: { uid: 1000, gid: 1000 } }),
      symlink('data/link', '../tmp'),
    ];
    expect(await listed(entries)).toEqual([
      'drwxrwxrwt 0/0 0 1970-01-01 00:00:00 tmp/',
      'drwxr-xr-x 999/998 0 1970-01-01 00:00:00 data/',
      '-rwxr-xr-x 1000/1000 5 1970-01-01 00:00:00 data/run',
      'lrwxrwxrwx 0/0 0 1970-01-01 00:00:00 data/link -> ../tmp',
    ]);
  });

  it.each([100, 101, 255, 300])('keeps a path of %d bytes', async (length) => {
    const path = `d/${'x'.repeat(length - 2)}`;
    expect((await listed([textFile(path, '')])).join()).toContain(` ${path}`);
  });

  it('keeps a long target and a path beyond ASCII', async () => {
    const target = `/${'y'.repeat(180)}`;
    const lines = await listed([symlink('einträge/länge', target), textFile('naïve', 'x')]);
    expect(lines[0]).toMatch(new RegExp(`einträge/länge -> ${target}$`));
    expect(lines[1]).toMatch(/ naïve$/);
  });

  it.each([0, 1, 511, 512, 513])('gives back a file of %d bytes', async (size) => {
    const content = Buffer.alloc(size, 'abc');
    await writeFile(join(folder, 'source'), content);
    const onDisk: TarEntry = {
      kind: 'file',
      path: 'on-disk',
      mode: 0o644,
      uid: 0,
      gid: 0,
      content: { file: join(folder, 'source'), size },
    };
    await writeTar(join(folder, 'a.tar'), [onDisk, { ...onDisk, path: 'in-memory', content }]);
    await mkdir(join(folder, 'out'));
    await run('tar', ['-xf', 'a.tar', '-C', 'out', '--no-same-owner'], { cwd: folder, timeoutMs: 10_000 });
    expect(await readFile(join(folder, 'out/on-disk'))).toEqual(content);
    expect(await readFile(join(folder, 'out/in-memory'))).toEqual(content);
  });

  it('has its digest and size', async () => {
    const written = await writeTar(join(folder, 'a.tar'), [
      textFile('a', 'x'.repeat(9_000_000)),
      textFile('b', 'y'),
    ]);
    const bytes = await readFile(join(folder, 'a.tar'));
    expect(written).toEqual({
      digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
      size: bytes.length,
    });
    expect(bytes.length % 512).toBe(0);
  });

  it('is refused when a file changes after its size was taken', async () => {
    const file = join(folder, 'source');
    await writeFile(file, 'longer than stated');
    const entry: TarEntry = {
      kind: 'file',
      path: 'p',
      mode: 0o644,
      uid: 0,
      gid: 0,
      content: { file, size: 3 },
    };
    await expect(writeTar(join(folder, 'a.tar'), [entry])).rejects.toThrow(
      'p changed while it was packed: 3 bytes became 18',
    );
  });

  it('is refused when a number does not fit its field', async () => {
    const entry = textFile('p', '', { owner: { uid: 8 ** 7, gid: 0 } });
    await expect(writeTar(join(folder, 'a.tar'), [entry])).rejects.toThrow(
      'p: 2097152 does not fit into a tar header',
    );
  });
});
