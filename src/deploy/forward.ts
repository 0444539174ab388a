import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cluster, kubectlFlags } from '../kubernetes/kubectl.ts';
import { start } from '../process/run.ts';
import { WaitError, waitFor } from '../process/wait-for.ts';
import { program } from '../tools/programs.ts';

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
 * @throws {WaitError} when kubectl ended or did not open the port within 30 s, with what it printed instead.
 */
export async function withForward<T>(
  cluster: Cluster,
  target: ForwardTarget,
  use: (url: string) => Promise<T>,
): Promise<T> {
  const what = `kubectl port-forward to ${target.resource}`;
  const kubectl = await program('kubectl');
  const folder = await mkdtemp(join(tmpdir(), 'forward-'));
  const logFile = join(folder, 'kubectl.log');
  const forward = start(
    kubectl,
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
    const port = await waitFor<number | WaitError>(
      what,
      async () => {
        const running = forward.isRunning();
        const log = await readFile(logFile, 'utf8').catch(() => '');
        const opened = /Forwarding from 127\.0\.0\.1:(\d+)/.exec(log);
        if (opened?.[1] !== undefined) return { value: Number(opened[1]) };
        // It had ended before the log was read: what it printed last is in there.
        if (!running) return { value: new WaitError(`${what} ended: ${log.trim() || 'no output'}`) };
        return { observed: log.trim() || 'no output' };
      },
      { deadlineMs: 30_000 },
    );
    if (port instanceof WaitError) throw port;
    return await use(`http://127.0.0.1:${port}`);
  } finally {
    await forward.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
