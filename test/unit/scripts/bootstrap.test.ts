import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { repositoryRoot } from '../../../src/tools/versions.ts';
import { shell } from '../../support/cli.ts';

let clone: string;

/** A clone of the entry script alone, and an npm that notes its arguments and installs one program. */
beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), 'bootstrap-'));
  for (const file of ['scripts/bootstrap.mjs', 'src/process/lock.mjs']) {
    await mkdir(join(clone, dirname(file)), { recursive: true });
    await copyFile(join(repositoryRoot, file), join(clone, file));
  }
  await writeFile(join(clone, 'package-lock.json'), '{}');
  await executable(
    'bin/npm',
    'echo "$@" >>npm-calls; mkdir -p node_modules/.bin; cp bin/tool node_modules/.bin',
  );
  await executable('bin/tool', 'echo "$@"; exit 7');
});
afterEach(() => rm(clone, { recursive: true }));

async function executable(name: string, script: string): Promise<void> {
  const file = join(clone, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

function bootstrap(env: Readonly<Record<string, string>> = {}, redirect = '') {
  const path = `${join(clone, 'bin')}:/usr/bin:/bin`;
  const command = `'${process.execPath}' scripts/bootstrap.mjs --bin tool one 'two three' ${redirect}`;
  return shell(command, { cwd: clone, env: { PATH: path, ...env } });
}

describe('the entry script', () => {
  it('installs the packages once, and ends as the program ends', async () => {
    for (const _ of [1, 2]) {
      expect(await bootstrap()).toMatchObject({ exitCode: 7, stdout: 'one two three' });
    }
    expect((await readFile(join(clone, 'npm-calls'), 'utf8')).split('\n')).toHaveLength(2);
  });

  it('installs again after a change of the lock file', async () => {
    await bootstrap();
    await writeFile(join(clone, 'package-lock.json'), '{"changed": true}');
    await bootstrap();
    expect((await readFile(join(clone, 'npm-calls'), 'utf8')).split('\n')).toHaveLength(3);
  });

  it('installs the development packages too, which NODE_ENV=production would leave out', async () => {
    await bootstrap({ NODE_ENV: 'production' });
    expect(await readFile(join(clone, 'npm-calls'), 'utf8')).toContain('--include=dev');
  });

  it('installs once when two first commands run at once', async () => {
    // Fails beside itself, as a real npm would, and continues once the second command prints that it waits.
    await executable(
      'bin/npm',
      `mkdir busy || exit 1
      tries=0; until grep -q 'waiting: process [0-9]* runs npm ci' second 2>/dev/null || [ $((tries += 1)) -gt 100 ]; do sleep 0.1; done
      echo "$@" >>npm-calls; mkdir -p node_modules/.bin; cp bin/tool node_modules/.bin; rmdir busy`,
    );
    const first = bootstrap();
    await vi.waitUntil(() => existsSync(join(clone, 'busy')), { timeout: 10_000 });
    const second = bootstrap({}, '2>second');
    expect([(await first).exitCode, (await second).exitCode]).toEqual([7, 7]);
    expect(await readFile(join(clone, 'npm-calls'), 'utf8')).toMatch(/^ci .*\n$/);
  });

  it('ends with 2 and keeps no mark of success when npm fails', async () => {
    await executable('bin/npm', 'echo no registry >&2; exit 1');
    for (const _ of [1, 2]) {
      const { exitCode, stderr } = await bootstrap();
      expect(stderr).toMatch(/no registry\nnpm ci failed/);
      expect(exitCode).toBe(2);
    }
  });
});
