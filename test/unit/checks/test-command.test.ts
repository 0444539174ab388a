import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CommandError, run } from '../../../src/process/run.ts';
import { repositoryRoot } from '../../../src/tools/versions.ts';

async function runScript(script: string, args: readonly string[], as?: number) {
  const command = [process.execPath, '--import', 'tsx', join(repositoryRoot, 'scripts', script), ...args];
  const prefix = as === undefined ? [] : ['setpriv', '--reuid', String(as), '--clear-groups'];
  const [file = '', ...rest] = [...prefix, ...command];
  try {
    const { stdout, stderr } = await run(file, rest, { cwd: repositoryRoot, timeoutMs: 60_000 });
    return { code: 0, stdout, stderr };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { code: error.exitCode, stdout: error.stdout, stderr: error.stderr };
  }
}

describe('npm test', () => {
  it('runs chosen parts and ends with the closing line', async () => {
    const { stdout, stderr } = await runScript('test.ts', ['--only', 'lint']);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^\d+ passed, \d+ failed$/);
    expect(stdout).toMatch(/lint +\d+ +\d+ +\d+\.\d s/);
    expect(stderr).toContain('helm lint --strict');
  });

  it('gives a machine one JSON object on standard output', async () => {
    const { stdout } = await runScript('test.ts', ['--only', 'lint', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      passed: expect.any(Number),
      failed: expect.any(Number),
      seconds: expect.any(Number),
      parts: [{ name: 'lint', state: expect.any(String) }],
    });
  });

  it.each([
    [['--only', 'lint,nonsense'], /no such part[\s\S]*nonsense[\s\S]*types, biome/],
    [['--fast'], /--fast/],
  ])('could not run with %j', async (args, message) => {
    const { code, stdout, stderr } = await runScript('test.ts', args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('0 passed, 1 failed');
  });

  it('lists its parts in the help', async () => {
    const { code, stdout } = await runScript('test.ts', ['--help']);
    expect(code).toBe(0);
    for (const name of ['types', 'biome', 'knip', 'unit', 'render', 'server']) expect(stdout).toContain(name);
  });
});

it('npm run test:cluster says that it needs root', async () => {
  // Whoever runs the tests: root becomes somebody else, anybody else stays.
  const { code, stderr } = await runScript(
    'test-cluster.ts',
    [],
    process.getuid?.() === 0 ? 65_534 : undefined,
  );
  expect(code).toBe(2);
  expect(stderr).toMatch(/needs root[\s\S]*user id \d+/);
});
