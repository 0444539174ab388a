import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemError } from '../../../src/report/problem.ts';
import { withLock } from '../../../src/tools/lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a lock', () => {
  it('leaves no file behind', async () => {
    expect(await withLock(join(folder, 'lock'), async () => 'done')).toBe('done');
    expect(await readdir(folder)).toEqual([]);
  });

  it('that lost its content in a power failure is taken over', async () => {
    await writeFile(join(folder, 'lock'), '');
    expect(await withLock(join(folder, 'lock'), async () => 'done')).toBe('done');
    expect(await readdir(folder)).toEqual([]);
  });

  it('that cannot be written is refused at once with the reason, not waited for', async () => {
    // A folder that is not there stands for one that is read-only or full: root may write everywhere else.
    const waited = withLock(join(folder, 'absent', 'lock'), () => Promise.reject(new Error('was run')));
    const error = await waited.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect(String(error)).toMatch(/nothing can be written to .*absent[\s\S]*ENOENT[\s\S]*XDG_CACHE_HOME/);
  });
});
