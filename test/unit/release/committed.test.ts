import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { run } from '../../../src/process/run.ts';
import { requireCommitted } from '../../../src/release/committed.ts';

let clone: string;
beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), 'committed-'));
  await mkdir(join(clone, 'chart'));
  await writeFile(join(clone, 'chart/Chart.yaml'), 'name: a\n');
});
afterEach(() => rm(clone, { recursive: true }));

const git = (...args: readonly string[]) => {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
  return run('git', [...who, ...args], { cwd: clone, timeoutMs: 10_000 });
};

it('a chart as the last commit has it may be published, whatever else changed', async () => {
  await git('init', '--quiet');
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'one');
  await writeFile(join(clone, 'other'), '');
  await expect(requireCommitted(join(clone, 'chart'))).resolves.toBeUndefined();
});

it('a changed or a new file is named', async () => {
  await git('init', '--quiet');
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'one');
  await writeFile(join(clone, 'chart/Chart.yaml'), 'name: b\n');
  await writeFile(join(clone, 'chart/new.txt'), '');
  await expect(requireCommitted(join(clone, 'chart'))).rejects.toThrow(/chart\/Chart\.yaml, chart\/new\.txt/);
});

it('a folder without a history passes', async () => {
  await expect(requireCommitted(join(clone, 'chart'))).resolves.toBeUndefined();
});
