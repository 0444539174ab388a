import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { LockedError, withLock } from '../../../src/process/lock.mjs';

const name = (what: string) => `unit ${process.pid} ${what}`;

describe('a lock', () => {
  it('lets one work at a time, in the process that has it and in others', async () => {
    const running = { now: 0, most: 0 };
    const work = async () => {
      running.most = Math.max(running.most, ++running.now);
      await setTimeout(5);
      running.now -= 1;
    };
    await Promise.all([1, 2, 3].map(() => withLock(name('one'), 'a test', work, { waitMs: 10_000 })));
    expect(running).toEqual({ now: 0, most: 1 });
  });

  it('reports once who has it while another waits', async () => {
    const onWait = vi.fn();
    let end = () => {};
    const first = withLock(name('wait'), 'the first test', () => new Promise<void>((done) => (end = done)));
    await setTimeout(20);
    const second = withLock(name('wait'), 'the second', async () => 'done', { waitMs: 10_000, onWait });
    await setTimeout(150);
    end();
    await first;
    expect(await second).toBe('done');
    expect(onWait.mock.calls).toEqual([[`process ${process.pid} runs the first test`]]);
  });

  it('is refused at once without waitMs, with its holder', async () => {
    await withLock(name('refused'), 'the first test', async () => {
      const second = withLock(name('refused'), 'the second', async () => {});
      await expect(second).rejects.toThrow(LockedError);
      await expect(second).rejects.toMatchObject({ holder: `process ${process.pid} runs the first test` });
    });
  });

  it('is no longer waited for once the wait is aborted', async () => {
    const wait = new AbortController();
    await withLock(name('aborted'), 'a test', async () => {
      const waiting = withLock(name('aborted'), 'the second', async () => {}, {
        waitMs: 60_000,
        signal: wait.signal,
        onWait: () => wait.abort(),
      });
      await expect(waiting).rejects.toThrow(/abort/i);
    });
  });
});
