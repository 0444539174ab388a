import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { runTestCommand } from '../../../checks/command.ts';
import { failed, type Part, passed } from '../../../checks/runner/part.ts';
import { staticParts } from '../../../checks/static-parts.ts';
import { testParts } from '../../../checks/test-parts.ts';
import { CommandError, InterruptedError, run } from '../../../src/process/run.ts';
import { ProblemError } from '../../../src/report/problem.ts';
import { repositoryRoot } from '../../../src/tools/versions.ts';

const part = (name: string, work: Part['run']): Part => ({
  name,
  title: name,
  programs: [],
  run: work,
});
const good = part('good', async () => passed());
const bad = part('bad', async () => failed('the reason'));
const broken = part('broken', () => Promise.reject(new Error('no Go')));

async function command(parts: readonly Part[], args: readonly string[], require?: () => void) {
  const result: string[] = [];
  const progress: string[] = [];
  const code = await runTestCommand(
    { name: 'test', parts, lanes: 2, ...(require === undefined ? {} : { require }) },
    args,
    { result: (text) => result.push(text), progress: (text) => progress.push(text) },
  );
  return { code, result: result.join('\n'), progress: progress.join('\n') };
}

describe('a test command', () => {
  it('runs all its parts, shows what failed, and ends with the closing line', async () => {
    const { code, result } = await command([good, bad], []);
    expect(code).toBe(1);
    expect(result).toContain('the reason');
    expect(result.split('\n').at(-1)).toBe('1 passed, 1 failed');
  });

  it('runs only chosen parts', async () => {
    expect(await command([good, bad], ['--only', 'good'])).toMatchObject({
      code: 0,
      result: expect.stringMatching(/1 passed, 0 failed$/),
    });
  });

  it('gives a machine one JSON object as its result', async () => {
    const { result } = await command([good, bad], ['--json']);
    expect(JSON.parse(result)).toMatchObject({
      passed: 1,
      failed: 1,
      seconds: expect.any(Number),
      parts: [
        { name: 'good', state: 'passed', seconds: expect.any(Number) },
        { name: 'bad', state: 'failed', output: 'the reason' },
      ],
    });
  });

  it('ends with 2 when a part could not run', async () => {
    expect(await command([good, broken], [])).toMatchObject({
      code: 2,
      result: expect.stringMatching(/no Go[\s\S]*1 passed, 1 failed$/),
    });
  });

  it('ends with 130 when Ctrl-C ended a program before this process saw its own', async () => {
    const ended = () => {
      throw new InterruptedError('go: ended by SIGINT');
    };
    expect(await command([good], [], ended)).toMatchObject({ code: 130 });
  });

  it.each([
    [['--only', 'good,nonsense'], /no such part[\s\S]*nonsense[\s\S]*good, bad/],
    [['--fast'], /--fast[\s\S]*npm run test -- --help/],
  ])('could not run with %j', async (args, message) => {
    const { code, result, progress } = await command([good, bad], args);
    expect(code).toBe(2);
    expect(progress).toMatch(message);
    expect(result).toBe('0 passed, 1 failed');
  });

  it('could not run where the machine lacks what it needs, and begins nothing', async () => {
    const { code, progress } = await command([good], [], () => {
      throw new ProblemError([{ message: 'needs root' }]);
    });
    expect(code).toBe(2);
    expect(progress).toBe('needs root');
  });

  it('treats a program that cannot be built like bad input, and ends with 2', async () => {
    const needy: Part = { ...good, programs: ['kubeconform'] };
    const folder = await mkdtemp(join(tmpdir(), 'no-module-proxy-'));
    try {
      // A cache without the program, modules that cannot be had.
      const env = { XDG_CACHE_HOME: folder, GOMODCACHE: folder, GOPROXY: 'off', GOFLAGS: '-modcacherw' };
      for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
      const { code, result, progress } = await command([needy], []);
      // The second where Go itself is one that it would have to fetch.
      expect(progress).toMatch(
        /go build .*kubeconform[\s\S]*GOPROXY=off|Go \S+ is needed to build kubeconform/,
      );
      expect(progress).not.toMatch(/^ +at /m);
      expect(result).toBe('0 passed, 1 failed');
      expect(code).toBe(2);
    } finally {
      vi.unstubAllEnvs();
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('begins no part after its budget, and names what it did not run', async () => {
    const { code, result } = await command([good, bad], ['--budget', '0']);
    expect(code).toBe(1);
    expect(result).toMatch(/not run for lack of time: good[\s\S]*: bad[\s\S]*0 passed, 0 failed$/);
  });

  it('names the parts that were not chosen', async () => {
    expect((await command([good, bad], ['--only', 'good'])).result).toContain('not chosen: bad');
  });

  it('lists its parts without running them', async () => {
    const { code, result } = await command([good, bad], ['--list']);
    expect({ code, result: result.split(/\s+/) }).toEqual({
      code: 0,
      result: ['good', 'good', 'bad', 'bad'],
    });
  });

  it('lists its parts in the help', async () => {
    const { code, result } = await command([good, bad], ['--help']);
    expect(code).toBe(0);
    expect(result).toMatch(/--only[\s\S]*good[\s\S]*bad/);
  });
});

describe('the scripts', () => {
  it('npm test prints the closing line last, on standard output', async () => {
    const { stdout, stderr } = await script('test.ts', ['--only', 'biome']);
    expect(stdout.split('\n').at(-1)).toMatch(/^\d+ passed, \d+ failed$/);
    expect(stderr).toContain('biome ci');
  });

  it('npm test has no two parts of one name', () => {
    const names = [...staticParts, ...testParts].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('npm run test:cluster requires root', async () => {
    // Root becomes another user; any other user stays.
    const { code, stderr } = await script(
      'test-cluster.ts',
      [],
      process.getuid?.() === 0 ? 65_534 : undefined,
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/needs root[\s\S]*user id \d+/);
  });
});

async function script(name: string, args: readonly string[], user?: number) {
  const node = [process.execPath, '--import', 'tsx', join(repositoryRoot, 'scripts', name), ...args];
  const asUser = user === undefined ? [] : ['setpriv', '--reuid', String(user), '--clear-groups'];
  const [file = '', ...rest] = [...asUser, ...node];
  try {
    const { stdout, stderr } = await run(file, rest, { cwd: repositoryRoot, timeoutMs: 60_000 });
    return { code: 0, stdout, stderr };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { code: error.exitCode, stdout: error.stdout, stderr: error.stderr };
  }
}
