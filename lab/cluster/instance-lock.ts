import { connect, createServer, type Server } from 'node:net';
import { waitFor } from '../../src/process/wait-for.ts';
import { ProblemError } from '../../src/report/problem.ts';

/**
 * Runs `work` while no other process works on the same instance.
 * The lock is a listening socket in Linux's abstract namespace: the kernel gives it to one process only and takes it
 * back when that process ends, even by kill -9, so there is no stale lock to detect.
 * @param what said to whoever comes second: "up", "down".
 * @throws {ProblemError} when another process holds it, with its id and what it does.
 */
export async function withInstanceLock<T>(name: string, what: string, work: () => Promise<T>): Promise<T> {
  const held = await take(name, what);
  if (typeof held === 'string') {
    throw new ProblemError([
      {
        message: `another command works on the lab ${name}`,
        found: held,
        remedy: 'wait until it has ended, or end it with Ctrl-C',
      },
    ]);
  }
  return release(held, work);
}

/**
 * Runs `work`, which takes milliseconds, while no other process works on what all instances share.
 * @throws {WaitError} when another process keeps it for 10 s.
 */
export async function withMachineLock<T>(work: () => Promise<T>): Promise<T> {
  const held = await waitFor(
    'the lock of all labs',
    async () => {
      const held = await take('/machine', 'a change of shared settings');
      return typeof held === 'string' ? { seen: held } : { done: held };
    },
    { deadlineMs: 10_000, everyMs: 20 },
  );
  return release(held, work);
}

async function release<T>(held: Server, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    await new Promise((resolve) => held.close(resolve));
  }
}

/** The listening socket, or who holds it. */
async function take(name: string, what: string): Promise<Server | string> {
  const path = `\0audio-processor-lab/${name}`;
  const server = createServer((caller) => {
    caller.on('error', () => {});
    caller.end(`process ${process.pid} runs ${what}`);
  });
  const taken = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(true) : reject(error),
    );
    server.listen({ path }, () => resolve(false));
  });
  return taken ? holder(path) : server;
}

/** Asks the holder what it is doing; it may be busy or gone by now. */
function holder(path: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const caller = connect({ path, timeout: 1_000 });
    caller.on('data', (chunk) => {
      text += String(chunk);
    });
    caller.on('timeout', () => caller.destroy());
    caller.on('error', () => {});
    caller.on('close', () => resolve(text === '' ? 'a process that does not answer' : text));
  });
}
