import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CommandError, run, start } from '../../../src/process/run.ts';
import { waitFor } from '../../../src/process/wait-for.ts';

const node = process.execPath;
const inline = (code: string) => ['-e', code];

describe('run', () => {
  it('gives standard output and standard error apart', async () => {
    const result = await run(node, inline('console.log("out"); console.error("err")'), { timeoutMs: 10_000 });
    expect(result).toMatchObject({ stdout: 'out', stderr: 'err' });
  });

  it('gives the input, and an empty one when there is none', async () => {
    const echo = inline('process.stdin.pipe(process.stdout)');
    expect((await run(node, echo, { input: 'text', timeoutMs: 10_000 })).stdout).toBe('text');
    expect((await run(node, echo, { timeoutMs: 10_000 })).stdout).toBe('');
  });

  it('reports each line as it comes', async () => {
    const lines: string[] = [];
    await run(node, inline('console.log("a"); console.log("b")'), {
      timeoutMs: 10_000,
      onLine: (line) => lines.push(line),
    });
    expect(lines).toEqual(['a', 'b']);
  });

  it('fails with exit code and the last lines of the output', async () => {
    const failure = await run(node, inline('console.error("no such pool"); process.exit(3)'), {
      timeoutMs: 10_000,
    }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CommandError);
    expect(failure).toMatchObject({ exitCode: 3, timedOut: false, stderr: 'no such pool' });
    expect(String(failure)).toMatch(/exit code 3\nno such pool$/);
  });

  it('distinguishes a missing program from a failing one', async () => {
    await expect(run('no-such-program', [], { timeoutMs: 1_000 })).rejects.toMatchObject({ notFound: true });
  });

  it('ends a program that takes too long and reports its timeout', async () => {
    await expect(run(node, inline('setInterval(() => {}, 1000)'), { timeoutMs: 300 })).rejects.toThrow(
      'still running after 0.3 s',
    );
  });

  it('ends a program when it is interrupted', async () => {
    const controller = new AbortController();
    const running = run(node, inline('setInterval(() => {}, 1000)'), {
      timeoutMs: 10_000,
      signal: controller.signal,
    });
    controller.abort();
    await expect(running).rejects.toThrow('interrupted');
  });
});

describe('start', () => {
  it('logs to its file and has ended after stop', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'run-test-'));
    const logFile = join(folder, 'log');
    const daemon = start(node, inline('console.log("ready"); setInterval(() => {}, 1000)'), {
      logFile,
      detached: false,
    });
    await waitFor(
      'the log line',
      async () => {
        const log = await readFile(logFile, 'utf8').catch(() => '');
        return log.includes('ready') ? { value: true } : { observed: log };
      },
      { deadlineMs: 10_000 },
    );
    await daemon.stop();
    expect(daemon.isRunning()).toBe(false);
    expect(() => process.kill(daemon.pid, 0)).toThrow();
    await rm(folder, { recursive: true });
  });
});
