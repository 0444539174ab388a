import { rmSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubeconfig } from '../../src/kubernetes/kubeconfig.ts';
import { type ApiServer, startApiServer } from './apiserver.ts';
import type { Access } from './client.ts';
import { makeCredentials } from './credentials.ts';
import { type Etcd, startEtcd } from './etcd.ts';

/** A real etcd and kube-apiserver without nodes: objects are admitted, validated and stored, nothing runs. */
export interface ControlPlane {
  readonly url: string;
  readonly access: Access;
  /** Path of a kubeconfig of a cluster administrator. */
  readonly kubeconfig: string;
  /** Ends both servers and removes everything they wrote. */
  stop(): Promise<void>;
}

/** Absolute paths of the two programs. */
export interface ControlPlanePrograms {
  readonly etcd: string;
  readonly apiServer: string;
}

/**
 * Starts a control plane as the current user, on free ports of the loopback address, in a temporary directory.
 * @throws {ServerStartError} when one of the two does not become ready; nothing is left behind then.
 */
export async function startControlPlane(programs: ControlPlanePrograms): Promise<ControlPlane> {
  const dir = await mkdtemp(join(tmpdir(), 'control-plane-'));
  let etcd: Etcd | undefined;
  let apiServer: ApiServer | undefined;
  // When this process exits before `stop`: nothing asynchronous runs then.
  const endAtExit = () => {
    for (const server of [apiServer, etcd])
      if (server?.daemon.isRunning()) process.kill(server.daemon.pid, 'SIGKILL');
    rmSync(dir, { recursive: true, force: true, maxRetries: 10 });
  };
  process.once('exit', endAtExit);
  const stop = async () => {
    // The server waits for open watches at SIGTERM; nobody needs them.
    await apiServer?.daemon.stop(1_000);
    await etcd?.daemon.stop(1_000);
    await rm(dir, { recursive: true, force: true });
    process.off('exit', endAtExit);
  };
  try {
    const credentials = await makeCredentials(dir);
    etcd = await startEtcd(programs.etcd, dir);
    apiServer = await startApiServer(programs.apiServer, dir, etcd.url, credentials);
    const access = { authority: await readFile(credentials.authorityFile), token: credentials.token };
    const file = join(dir, 'kubeconfig');
    const config = kubeconfig({
      name: 'control-plane',
      server: apiServer.url,
      authority: access.authority,
      user: { token: access.token },
    });
    await writeFile(file, config, { mode: 0o600 });
    return { url: apiServer.url, access, kubeconfig: file, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
