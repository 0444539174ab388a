import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startControlPlane } from '../../checks/control-plane/control-plane.ts';
import { freePort } from '../../checks/control-plane/ports.ts';
import { ServerStartError, startServer, withRetriedPort } from '../../checks/control-plane/server.ts';
import { CommandError, run } from '../../src/process/run.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { repositoryRoot } from '../../src/tools/versions.ts';

describe('a server of the control plane', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'server-'));
  });
  afterEach(() => rm(dir, { recursive: true }));
  const command = (script: string, ready: () => Promise<void>) => ({
    name: 'etcd',
    file: process.execPath,
    args: ['-e', script],
    logFile: join(dir, 'log'),
    ready,
    deadlineMs: 500,
  });

  it('that ends at once is reported with its exit code and the end of its log', async () => {
    const dies = command('console.log("disk is full"); process.exit(3)', () =>
      Promise.reject(new Error('refused')),
    );
    const error = await startServer({ ...dies, deadlineMs: 20_000 }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ServerStartError);
    expect(String(error)).toMatch(/etcd did not become ready: it ended with 3[\s\S]*disk is full/);
  });

  it('that never answers is ended, and the last observation is reported', async () => {
    const silent = command('console.log("starting"); setInterval(() => {}, 1000)', () =>
      Promise.reject(new Error('connect ECONNREFUSED')),
    );
    await expect(startServer(silent)).rejects.toThrow(
      /waited 0\.5 s for etcd ready; observed instead: connect ECONNREFUSED/,
    );
  });

  it('ends with the process that started it, even by SIGKILL', async () => {
    const module = join(repositoryRoot, 'checks/control-plane/server.ts');
    const script = `
      import { startServer } from ${JSON.stringify(module)};
      const server = await startServer({
        name: 'etcd',
        file: process.execPath,
        args: ['-e', 'setInterval(() => {}, 1000)'],
        logFile: ${JSON.stringify(join(dir, 'log'))},
        ready: async () => {},
        deadlineMs: 5000,
      });
      process.stdout.write(String(server.pid), () => process.kill(process.pid, 'SIGKILL'));`;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
    const ended = await run(process.execPath, args, { cwd: repositoryRoot, timeoutMs: 20_000 }).catch(
      (error: unknown) => error,
    );
    expect(ended).toBeInstanceOf(CommandError);
    const pid = Number((ended as CommandError).stdout);
    expect(pid).toBeGreaterThan(1);
    await waitFor(
      'the server to end',
      async () => (isAlive(pid) ? { observed: `process ${pid}` } : { value: true }),
      {
        deadlineMs: 5_000,
      },
    );
  });

  it('whose port another process took is started again on another', async () => {
    let attempts = 0;
    const begin = async () => {
      attempts += 1;
      if (attempts < 3) throw new ServerStartError('etcd', 'it ended with 1', 'bind: address already in use');
      return 'started';
    };
    expect(await withRetriedPort(begin)).toBe('started');
    expect(attempts).toBe(3);
  });

  it('is not started again for another reason', async () => {
    let attempts = 0;
    const begin = async () => {
      attempts += 1;
      throw new ServerStartError('etcd', 'it ended with 1', 'permission denied');
    };
    await expect(withRetriedPort(begin)).rejects.toThrow('permission denied');
    expect(attempts).toBe(1);
  });
});

it('a control plane whose server does not start leaves nothing behind', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'parent-'));
  vi.stubEnv('TMPDIR', dir);
  try {
    const programs = { etcd: 'no-such-etcd', apiServer: 'no-such-apiserver' };
    await expect(startControlPlane(programs)).rejects.toThrow(ServerStartError);
    expect(await readdir(dir)).toEqual([]);
  } finally {
    vi.unstubAllEnvs();
    await rm(dir, { recursive: true });
  }
});

it('a free port can be listened on', async () => {
  const port = await freePort();
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, () => resolve());
  });
  server.close();
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
