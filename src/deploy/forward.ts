import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../process/run.ts';
import { waitFor } from '../process/wait-for.ts';
import { program } from '../tools/programs.ts';
import { type Cluster, kubectlFlags } from './kubectl.ts';

/** A Service of the cluster, reachable on this machine's loopback while `use` runs. */
export interface ForwardTarget {
  readonly namespace: string;
  /** `service/NAME`, `deployment/NAME` or `pod/NAME`. */
  readonly resource: string;
  /** The Service's or container's port. */
  readonly port: number;
}

/**
 * Forwards a free loopback port to the target, calls `use` with its URL, and ends the forward afterwards, whatever happens.
 * @throws {WaitError} when kubectl did not open the port within 30 s, with what it printed instead.
 */
export async function withForward<T>(
  cluster: Cluster,
  target: ForwardTarget,
  use: (url: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'forward-'));
  const logFile = join(folder, 'kubectl.log');
  const forward = start(
    await program('kubectl'),
    [
      ...kubectlFlags(cluster),
      'port-forward',
      '--namespace',
      target.namespace,
      '--address',
      '127.0.0.1',
      target.resource,
      `:${target.port}`,
    ],
    { logFile, detached: false },
  );
  try {
    const port = await waitFor(
      `kubectl port-forward to ${target.resource}`,
      async () => {
        const log = await readFile(logFile, 'utf8').catch(() => '');
        const opened = /Forwarding from 127\.0\.0\.1:(\d+)/.exec(log);
        if (opened?.[1] !== undefined) return { done: Number(opened[1]) };
        return { seen: `${log.trim() || 'no output'}${forward.isRunning() ? '' : ' (kubectl ended)'}` };
      },
      { deadlineMs: 30_000 },
    );
    return await use(`http://127.0.0.1:${port}`);
  } finally {
    await forward.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
