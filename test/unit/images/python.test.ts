import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { consoleScripts, launcher, parseConsoleScripts } from '../../../lab/images/console-scripts.ts';
import { isSource, pythonSources } from '../../../lab/images/python-layers.ts';
import { run } from '../../../src/process/run.ts';
import { progressOf } from '../../../src/tools/progress.ts';

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'python-'));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

describe('the commands of packages', () => {
  it('are those of the console_scripts section, without extras and other sections', () => {
    const text = [
      '[celery.commands]',
      'flower = flower.command:flower',
      '',
      '[console_scripts]',
      'celery = celery.__main__:main',
      'typer=typer.cli:main [cli]',
      '',
      '[gui_scripts]',
      'window = a:b',
    ].join('\n');
    expect(parseConsoleScripts(text)).toEqual([
      ['celery', 'celery.__main__:main'],
      ['typer', 'typer.cli:main'],
    ]);
    expect(parseConsoleScripts('')).toEqual([]);
  });

  it('are found in every package; the ones that pip made are forgotten, because they name the folder of the build', async () => {
    const site = await folder();
    await mkdir(join(site, 'uvicorn-1.dist-info'));
    await writeFile(
      join(site, 'uvicorn-1.dist-info/entry_points.txt'),
      '[console_scripts]\nuvicorn = uvicorn.main:main\n',
    );
    const record = join(site, 'uvicorn-1.dist-info/RECORD');
    await writeFile(record, '../../bin/uvicorn,sha256=abc,209\nuvicorn/bin/x.py,sha256=def,1\n');
    await mkdir(join(site, 'no-commands-1.dist-info'));
    await writeFile(join(site, 'no-commands-1.dist-info/RECORD'), '');
    expect(await consoleScripts(site)).toEqual([['uvicorn', 'uvicorn.main:main']]);
    expect(await readFile(record, 'utf8')).toBe('uvicorn/bin/x.py,sha256=def,1\n');
  });

  it('run, and end with what the function returns', async () => {
    const site = await folder();
    await writeFile(
      join(site, 'tool.py'),
      'import sys\nclass App:\n    @staticmethod\n    def main():\n        print(sys.argv[1])\n        return 3\n',
    );
    const { stdout: python } = await run('python3', ['-c', 'import sys; print(sys.executable)'], {
      timeoutMs: 10_000,
    });
    await writeFile(join(site, 'tool'), launcher(python, 'tool:App.main'));
    await chmod(join(site, 'tool'), 0o755);
    await expect(run(join(site, 'tool'), ['hello'], { timeoutMs: 10_000 })).rejects.toMatchObject({
      exitCode: 3,
      stdout: 'hello',
    });
  });
});

it.each([
  ['src/main.py', true],
  ['src/data/mel.json', true],
  ['src/__pycache__/main.cpython-311.pyc', false],
  ['main.pyc', false],
  ['.env', false],
  ['src/.pytest_cache/x', false],
])('of a clone’s folder, %s is in an image: %s', (path, expected) => {
  expect(isSource(path)).toBe(expected);
});

describe('the layer of an application', () => {
  const owner = { uid: 1000, gid: 1000 };
  const key = async (source: string, change: object = {}) =>
    (await pythonSources({ name: 'app', folder: source, place: 'app/src', owner, ...change }, progressOf()))
      .key;

  it('is known by the sources, their place and owner, and not by what Python leaves beside them', async () => {
    const source = await folder();
    await writeFile(join(source, 'main.py'), 'print(1)');
    const before = await key(source);
    await mkdir(join(source, '__pycache__'));
    await writeFile(join(source, '__pycache__/main.cpython-311.pyc'), 'x');
    expect(await key(source)).toBe(before);
    const others = [await key(source, { place: 'srv' }), await key(source, { writable: ['app/logs'] })];
    await writeFile(join(source, 'main.py'), 'print(2)');
    expect(new Set([before, ...others, await key(source)]).size).toBe(4);
  });

  it('is the same in another clone', async () => {
    const [one, other] = [await folder(), await folder()];
    for (const place of [one, other]) await writeFile(join(place, 'main.py'), 'print(1)');
    expect(await key(one)).toBe(await key(other));
  });
});
