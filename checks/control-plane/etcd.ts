import { join } from 'node:path';
import type { Daemon } from '../../src/process/run.ts';
import { freePort } from './ports.ts';
import { startServer, withRetriedPort } from './server.ts';

/** A running etcd with one member and no data. */
export interface Etcd {
  readonly url: string;
  readonly daemon: Daemon;
}

/**
 * Starts etcd on the loopback address with its data and log in `dir`. Nothing is synced to disk: the data is thrown away.
 * @throws {ServerStartError} when it does not answer within 20 s.
 */
export async function startEtcd(executable: string, dir: string): Promise<Etcd> {
  return withRetriedPort(async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const daemon = await startServer({
      name: 'etcd',
      file: executable,
      args: [
        ...['--data-dir', join(dir, 'etcd')],
        ...['--listen-client-urls', url],
        ...['--advertise-client-urls', url],
        // A single member has no peers; port 0 takes any free one.
        ...['--listen-peer-urls', 'http://127.0.0.1:0'],
        '--unsafe-no-fsync=true',
      ],
      logFile: join(dir, 'etcd.log'),
      ready: () => healthy(url),
      deadlineMs: 20_000,
    });
    return { url, daemon };
  });
}

async function healthy(url: string): Promise<void> {
  const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000) });
  const body = await response.text();
  if (!body.includes('"health":"true"')) throw new Error(`HTTP ${response.status} ${body}`);
}
