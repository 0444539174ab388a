import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Daemon } from '../../src/process/run.ts';
import { getText } from './client.ts';
import type { Credentials } from './credentials.ts';
import { freePort } from './ports.ts';
import { startServer, withRetriedPort } from './server.ts';

/** A running kube-apiserver. */
export interface ApiServer {
  readonly url: string;
  readonly daemon: Daemon;
}

/**
 * Starts kube-apiserver on the loopback address, with its log in `dir`.
 * @throws {ServerStartError} when it is not ready within 90 s (3 s on an idle core, a loaded machine takes longer).
 */
export async function startApiServer(
  executable: string,
  dir: string,
  etcdUrl: string,
  credentials: Credentials,
): Promise<ApiServer> {
  return withRetriedPort(async () => {
    const port = await freePort();
    const url = `https://127.0.0.1:${port}`;
    const daemon = await startServer({
      name: 'kube-apiserver',
      file: executable,
      args: apiServerArguments(port, etcdUrl, credentials),
      logFile: join(dir, 'kube-apiserver.log'),
      ready: async () => {
        const authority = await readFile(credentials.authorityFile);
        await getText(`${url}/readyz`, { authority, token: credentials.token });
      },
      deadlineMs: 90_000,
    });
    return { url, daemon };
  });
}

function apiServerArguments(port: number, etcdUrl: string, credentials: Credentials): readonly string[] {
  return [
    `--etcd-servers=${etcdUrl}`,
    `--cert-dir=${credentials.certificateDir}`,
    `--secure-port=${port}`,
    '--bind-address=127.0.0.1',
    // Without a default route the server finds no address of the machine, and the loopback one may not be an endpoint.
    '--advertise-address=127.0.0.1',
    '--endpoint-reconciler-type=none',
    '--service-cluster-ip-range=10.0.0.0/24',
    '--allow-privileged=true',
    '--authorization-mode=RBAC',
    `--token-auth-file=${credentials.tokenFile}`,
    // No controller manager runs that would make the default service account of a namespace.
    '--disable-admission-plugins=ServiceAccount',
    '--service-account-issuer=https://127.0.0.1/',
    `--service-account-key-file=${credentials.serviceAccountKeyFile}`,
    `--service-account-signing-key-file=${credentials.serviceAccountKeyFile}`,
  ];
}
