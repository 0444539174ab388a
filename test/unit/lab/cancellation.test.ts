import { describe, expect, it } from 'vitest';
import { together } from '../../../lab/cluster/cancellation.ts';

/** Work that ends only when it is cancelled, some time after. */
function untilCancelled(cancel: { signal: AbortSignal }, ended: () => void): Promise<never> {
  return new Promise((_, reject) => {
    cancel.signal.addEventListener('abort', () =>
      setTimeout(() => {
        ended();
        reject(cancel.signal.reason);
      }, 20),
    );
  });
}

describe('branches of work beside each other', () => {
  it('end when all have ended', async () => {
    const done: string[] = [];
    await together({}, [async () => done.push('a'), async () => done.push('b')]);
    expect(done.sort()).toEqual(['a', 'b']);
  });

  it('are all over before the first failure is thrown', async () => {
    let ended = false;
    const failing = together({}, [
      (cancel) =>
        untilCancelled(cancel, () => {
          ended = true;
        }),
      () => Promise.reject(new Error('the first')),
    ]);
    await expect(failing).rejects.toThrow('the first');
    expect(ended).toBe(true);
  });

  it('end with the caller’s reason when the caller cancels', async () => {
    const caller = new AbortController();
    const reason = new Error('Ctrl-C');
    const running = together({ signal: caller.signal }, [(cancel) => untilCancelled(cancel, () => {})]);
    caller.abort(reason);
    await expect(running).rejects.toBe(reason);
  });
});
