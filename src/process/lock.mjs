// @ts-check
// Plain JavaScript and node: modules only: scripts/bootstrap.mjs uses it before anything is installed.
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Another process has the lock. */
export class LockedError extends Error {
  /** @override */
  name = 'LockedError';

  /** @param {string} name @param {string} holder @param {number} waitedMs */
  constructor(name, holder, waitedMs) {
    super(`the lock ${name} is taken: ${holder} (waited ${waitedMs / 1000} s)`);
    /** Which process has it, and what that does. */
    this.holder = holder;
  }
}

/**
 * Runs `work` while no other process or call on this machine has the lock of that name.
 *
 * The lock is a listening socket in Linux's abstract namespace: the kernel gives it to one process only and takes it back
 * when that process ends, even by kill -9, so there is no stale lock to detect. Elsewhere it is a socket file, and one
 * that nobody listens on is removed; in that instant two processes can have the lock, so what it guards must end in an
 * atomic rename.
 * @template T
 * @param {string} name any text, such as the path of what is guarded
 * @param {string} what what a second process reports of this one: "npm ci"
 * @param {() => Promise<T>} work
 * @param {{waitMs?: number, onWait?: (holder: string) => void, signal?: AbortSignal | undefined}} [options]
 *   waitMs: how long to wait for another holder, not at all by default; onWait: called once when a wait begins
 * @returns {Promise<T>}
 * @throws {LockedError} when another process still has the lock after `waitMs`.
 */
export async function withLock(name, what, work, { waitMs = 0, onWait = () => {}, signal } = {}) {
  const end = Date.now() + waitMs;
  for (let polls = 0; ; polls += 1) {
    signal?.throwIfAborted();
    const server = await take(pathOf(name), what);
    if (server !== undefined) {
      try {
        return await work();
      } finally {
        await new Promise((resolve) => server.close(resolve));
      }
    }
    if (Date.now() >= end) throw new LockedError(name, await holderOf(pathOf(name)), waitMs);
    if (polls === 0) onWait(await holderOf(pathOf(name)));
    await setTimeout(50, undefined, signal === undefined ? {} : { signal });
  }
}

/** @param {string} name */
function pathOf(name) {
  const id = `audio-processor-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
  return process.platform === 'linux' ? `\0${id}` : join(tmpdir(), `${id}.sock`);
}

/**
 * The listening socket, or undefined when another has it.
 * @param {string} path @param {string} what
 * @returns {Promise<import('node:net').Server | undefined>}
 */
async function take(path, what) {
  const server = createServer((caller) => {
    caller.on('error', () => {});
    caller.end(`process ${process.pid} runs ${what}`);
  });
  const isFree = await new Promise((resolve, reject) => {
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen({ path }, () => resolve(true));
  });
  return isFree ? server : undefined;
}

/**
 * Reads from the holder what it runs; the holder may be busy, or have ended by now.
 * @param {string} path
 * @returns {Promise<string>}
 */
function holderOf(path) {
  return new Promise((resolve) => {
    let text = '';
    const caller = connect({ path, timeout: 1_000 });
    caller.on('data', (chunk) => {
      text += String(chunk);
    });
    caller.on('timeout', () => caller.destroy());
    caller.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      // A socket file outlives its process; an abstract socket does not.
      if (error.code === 'ECONNREFUSED' && !path.startsWith('\0')) void rm(path, { force: true });
    });
    caller.on('close', () => resolve(text === '' ? 'a process that does not answer' : text));
  });
}
