import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { run } from '../../src/process/run.ts';
import { cacheRoot } from '../../src/tools/cache.ts';
import { pythonEnvironment } from '../../src/tools/python.ts';
import { fakePrograms } from '../unit/tools/fake-programs.ts';

describe('a Python environment', () => {
  let home: string;
  let requirements: string;
  let python: string;
  const runs = { timeoutMs: 30_000 };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'python-'));
    vi.stubEnv('XDG_CACHE_HOME', home);
    requirements = join(home, 'requirements.txt');
    await writeFile(requirements, '# nothing but pip\n');
    python = await pythonEnvironment(requirements);
  }, 120_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(home, { recursive: true });
  });

  it('is in the cache, not where it was built', async () => {
    const { stdout } = await run(
      python,
      ['-c', 'import sys, pip; print(sys.prefix); print(pip.__file__)'],
      runs,
    );
    const [prefix = '', file = ''] = stdout.split('\n');
    expect(prefix).toBe(dirname(dirname(python)));
    expect(prefix.startsWith(join(cacheRoot(), 'python/env-'))).toBe(true);
    expect(prefix).not.toContain('building');
    expect(file.startsWith(prefix)).toBe(true);
  });

  it('runs modules', async () => {
    expect((await run(python, ['-m', 'pip', '--version'], runs)).stdout).toContain(dirname(dirname(python)));
  });

  it('runs the scripts beside its interpreter, which named the folder of the build', async () => {
    expect((await run(join(dirname(python), 'pip'), ['--version'], runs)).stdout).toContain(
      dirname(dirname(python)),
    );
  });

  it('is made once for one content of the file', async () => {
    const notes: string[] = [];
    expect(await pythonEnvironment(requirements, (line) => notes.push(line))).toBe(python);
    expect(notes).toEqual([]);
  });
});

describe('pip', () => {
  /** A python3 whose environments write the arguments of pip into a file. */
  const recorded = async (requirements: string) => {
    const folder = await fakePrograms({
      python3: `if [ "$1" = -c ]; then echo 3.99; exit; fi
mkdir -p "$3/bin"; printf '#!/bin/sh\necho "$@" > %s/arguments\n' "$(dirname "$0")" > "$3/bin/python"; chmod +x "$3/bin/python"`,
    });
    vi.stubEnv('XDG_CACHE_HOME', folder);
    const file = join(folder, 'requirements.txt');
    await writeFile(file, requirements);
    await pythonEnvironment(file);
    return readFile(join(folder, 'bin/arguments'), 'utf8');
  };

  it('checks every hash when the file has hashes', async () => {
    expect(await recorded(`six==1.17.0 --hash=sha256:${'0'.repeat(64)}\n`)).toContain(
      ' --require-hashes -r ',
    );
  });

  it('installs a file without hashes as it is', async () => {
    expect(await recorded('six==1.17.0\n')).not.toContain('--require-hashes');
  });
});

it('without python3 the message names it and the packages to install', async () => {
  await fakePrograms({}, 'only');
  await expect(pythonEnvironment(import.meta.filename)).rejects.toMatchObject({
    problems: [{ found: 'no program `python3` on the PATH', remedy: 'apt-get install python3 python3-venv' }],
  });
});
