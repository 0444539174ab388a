import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run, start } from '../../../src/process/run.ts';
import { waitFor } from '../../../src/process/wait-for.ts';
import { ProblemError } from '../../../src/report/problem.ts';
import {
  cached,
  cachePath,
  cacheRoot,
  forgetOld,
  hashOf,
  hashOfTree,
  isCached,
} from '../../../src/tools/cache.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cache-'));
  vi.stubEnv('XDG_CACHE_HOME', home);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

describe('a cached folder', () => {
  it('is below XDG_CACHE_HOME, or ~/.cache where that is unset or empty', () => {
    expect(cacheRoot()).toBe(join(home, 'audio-processor'));
    vi.stubEnv('XDG_CACHE_HOME', '');
    expect(cacheRoot()).toMatch(/\.cache\/audio-processor$/);
  });

  it('is built once and has the content that its builder wrote', async () => {
    const build = vi.fn((folder: string) => writeFile(join(folder, 'content'), 'x'));
    const first = await cached('trial', 'key', build);
    const second = await cached('trial', 'key', build);
    expect(first).toBe(join(home, 'audio-processor/trial/key'));
    expect(second).toBe(first);
    expect(build).toHaveBeenCalledOnce();
    expect(await readdir(first)).toEqual(['content']);
  });

  it('is built once for several concurrent calls of one process', async () => {
    const build = vi.fn(async () => {});
    const folders = await Promise.all([1, 2, 3].map(() => cached('trial', 'key', build)));
    expect(new Set(folders).size).toBe(1);
    expect(build).toHaveBeenCalledOnce();
  });

  it('leaves nothing behind when its builder fails, and is built by the next call', async () => {
    await expect(cached('trial', 'key', async () => Promise.reject(new Error('disk full')))).rejects.toThrow(
      'disk full',
    );
    expect(await readdir(join(cacheRoot(), 'trial'))).toEqual([]);
    expect(isCached('trial', 'key')).toBe(false);
    await cached('trial', 'key', async () => {});
    expect(await readdir(join(cacheRoot(), 'trial'))).toEqual(['key']);
  });

  it('that cannot be written is refused with the reason, before anything is built', async () => {
    // A file in place of the cache acts like a folder that is read-only or full: root may write everywhere else.
    await writeFile(join(home, 'audio-processor'), '');
    const build = vi.fn(async () => {});
    const error = await cached('trial', 'key', build).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect(String(error)).toMatch(/audio-processor[\s\S]*E(NOTDIR|EXIST)[\s\S]*XDG_CACHE_HOME/);
    expect(build).not.toHaveBeenCalled();
  });
});

describe('processes that request the same folder', () => {
  const builder = join(import.meta.dirname, 'cache-builder.ts');
  const arguments_ = () => ['--import', 'tsx', builder, join(home, 'log'), join(home, 'go')];
  const log = async () => (existsSync(join(home, 'log')) ? await readFile(join(home, 'log'), 'utf8') : '');
  const lines = async (verb: string) =>
    (await log()).split('\n').filter((line) => line.startsWith(verb)).length;
  const observed = (verb: string, count: number) =>
    waitFor(
      `${count} processes ${verb}`,
      async () => ((await lines(verb)) === count ? { value: true } : { observed: await log() }),
      { deadlineMs: 20_000 },
    );

  it('have one builder; the others wait for it and get its folder', async () => {
    const env = { XDG_CACHE_HOME: home };
    const both = [1, 2].map(() => run(process.execPath, arguments_(), { env, timeoutMs: 30_000 }));
    await observed('building', 1);
    await observed('waiting', 1);
    await writeFile(join(home, 'go'), '');
    const folders = (await Promise.all(both)).map((result) => result.stdout);
    expect(folders).toEqual([cachePath('trial', 'key'), cachePath('trial', 'key')]);
    expect(await lines('building')).toBe(1);
  });

  it('are not stopped by kill -9 of the builder: the next one starts over and removes the half', async () => {
    const options = { env: { XDG_CACHE_HOME: home }, logFile: join(home, 'out'), detached: false };
    const victim = start(process.execPath, arguments_(), options);
    await observed('building', 1);
    process.kill(victim.pid, 'SIGKILL');
    await victim.ended;
    expect(isCached('trial', 'key')).toBe(false);
    expect(await readdir(join(cacheRoot(), 'trial'))).toEqual([`key.building-${victim.pid}`]);

    await writeFile(join(home, 'go'), '');
    const folder = (await run(process.execPath, arguments_(), { env: options.env, timeoutMs: 30_000 }))
      .stdout;
    expect(await readFile(join(folder, 'content'), 'utf8')).toBe('whole');
    expect(await readdir(join(cacheRoot(), 'trial'))).toEqual(['key']);
  });
});

describe('old folders of one name', () => {
  it('go, least recently used first; folders of other names stay', async () => {
    const keys = ['1', '2', '3'].map((digit) => `app-${digit.repeat(16)}`);
    for (const [index, key] of [...keys, `app-base-${'4'.repeat(16)}`].entries()) {
      const at = new Date(2026, 0, 1 + index);
      await utimes(await cached('trial', key, async () => {}), at, at);
    }
    await cached('trial', keys[0] ?? '', async () => {});
    await forgetOld('trial', 'app', 2);
    expect((await readdir(join(cacheRoot(), 'trial'))).sort()).toEqual([
      keys[0],
      keys[2],
      `app-base-${'4'.repeat(16)}`,
    ]);
  });
});

describe('a hash', () => {
  it('does not let neighbouring parts run into each other', () => {
    expect(hashOf('ab', 'c')).not.toBe(hashOf('a', 'bc'));
    expect(hashOf('a', '')).not.toBe(hashOf('a'));
  });

  it('of a tree covers names and contents, and only the files that are meant', async () => {
    const folder = join(home, 'tree');
    await mkdir(join(folder, 'sub'), { recursive: true });
    await writeFile(join(folder, 'sub/a.py'), '1');
    const before = await hashOfTree(folder, (path) => path.endsWith('.py'));
    await writeFile(join(folder, 'sub/a.pyc'), 'noise');
    expect(await hashOfTree(folder, (path) => path.endsWith('.py'))).toBe(before);
    await writeFile(join(folder, 'sub/a.py'), '2');
    const changed = await hashOfTree(folder, (path) => path.endsWith('.py'));
    await rm(join(folder, 'sub/a.py'));
    await writeFile(join(folder, 'sub/b.py'), '2');
    expect(new Set([before, changed, await hashOfTree(folder, (path) => path.endsWith('.py'))]).size).toBe(3);
  });
});
