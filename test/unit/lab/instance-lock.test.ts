import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { withInstanceLock } from '../../../lab/cluster/instance-lock.ts';
import { start } from '../../../src/process/run.ts';
import { waitFor } from '../../../src/process/wait-for.ts';
import { repositoryRoot } from '../../../src/tools/versions.ts';

const never = () => new Promise<void>(() => {});

describe('the lock of a lab', () => {
  it('refuses the second command and names what the first one does', async () => {
    const name = `unit-${process.pid}-refused`;
    await withInstanceLock(name, 'up', async () => {
      const second = withInstanceLock(name, 'down', never);
      await expect(second).rejects.toThrow(
        new RegExp(`another command works on the lab ${name}\n.*process ${process.pid} runs up`),
      );
    });
  });

  it('is free again after the work, even after work that failed', async () => {
    const name = `unit-${process.pid}-free`;
    const failing = withInstanceLock(name, 'up', () => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    expect(await withInstanceLock(name, 'up', async () => 'done')).toBe('done');
  });

  it('does not concern labs of other names', async () => {
    const inner = await withInstanceLock(`unit-${process.pid}-a`, 'up', () =>
      withInstanceLock(`unit-${process.pid}-b`, 'up', async () => 'both'),
    );
    expect(inner).toBe('both');
  });

  it('is free again after kill -9 of its holder', async () => {
    const name = `unit-${process.pid}-killed`;
    const folder = await mkdtemp(join(tmpdir(), 'lock-'));
    const logFile = join(folder, 'log');
    const lock = pathToFileURL(join(repositoryRoot, 'lab/cluster/instance-lock.ts')).href;
    const script = join(folder, 'hold.mts');
    await writeFile(
      script,
      `import { withInstanceLock } from ${JSON.stringify(lock)};
await withInstanceLock(${JSON.stringify(name)}, 'up', async () => {
  process.stdout.write('held');
  await new Promise((resolve) => setTimeout(resolve, 60_000));
});`,
    );
    const holder = start(process.execPath, ['--import', import.meta.resolve('tsx'), script], {
      logFile,
      detached: false,
    });
    try {
      await waitFor(
        'the other process to hold the lock',
        async () => {
          const log = await readFile(logFile, 'utf8');
          return log === 'held' ? { value: undefined } : { observed: log };
        },
        { deadlineMs: 20_000, everyMs: 20 },
      );
      await expect(withInstanceLock(name, 'down', never)).rejects.toThrow(`process ${holder.pid} runs up`);
      process.kill(holder.pid, 'SIGKILL');
      await holder.ended;
      expect(await withInstanceLock(name, 'down', async () => 'taken')).toBe('taken');
    } finally {
      await holder.stop();
      await rm(folder, { recursive: true });
    }
  });
});
