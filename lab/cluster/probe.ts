import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import type { Look } from '../../src/process/wait-for.ts';
import type { Cancellation } from './cancellation.ts';
import type { Instance } from './instance.ts';
import { nodeExec } from './node-process.ts';

/** What the API server answered. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * One look at a health address inside the node: done when it answers 200.
 * @param tls true: HTTPS with a certificate that nobody vouches for, as the controllers make it for themselves.
 */
export async function healthy(
  inst: Instance,
  target: { readonly port: number; readonly path: string; readonly tls: boolean },
  cancel: Cancellation,
): Promise<Look<undefined>> {
  const address = `127.0.0.1:${target.port}`;
  const remote = target.tls ? `OPENSSL:${address},verify=0` : `TCP:${address}`;
  // The server closes the connection; `ignoreeof`, because many servers give up a request whose client stops sending.
  const { stdout } = await nodeExec(inst, ['socat', '-t', '0.05', '-T', '5', '-,ignoreeof', remote], {
    input: `GET ${target.path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    timeoutMs: 10_000,
    ...cancel,
  });
  const [line = '', status] = /^HTTP\/\S+ (\d+).*/.exec(stdout) ?? [];
  return status === '200'
    ? { done: undefined }
    : { seen: `${target.path} at ${address} answered ${line || 'nothing'}` };
}

/**
 * One GET to the instance's API server, through its port on the host, as the administrator.
 * @throws {Error} when no answer comes within 5 s.
 */
export async function apiGet(inst: Instance, path: string, cancel: Cancellation = {}): Promise<ApiAnswer> {
  const [ca, cert, key] = await Promise.all(
    ['ca.crt', 'admin.crt', 'admin.key'].map((file) => readFile(join(inst.pkiDir, file))),
  );
  const timeout = AbortSignal.timeout(5_000);
  const signal = cancel.signal === undefined ? timeout : AbortSignal.any([cancel.signal, timeout]);
  return new Promise((resolve, reject) => {
    const call = request(
      { host: '127.0.0.1', port: inst.apiPort, path, ca, cert, key, agent: false, signal },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
        );
      },
    );
    call.on('error', reject);
    call.end();
  });
}

/**
 * One object or list from the API server; undefined when it does not exist.
 * @throws {Error} with status and body of any other answer than 200 and 404.
 */
export async function apiObject<T>(
  inst: Instance,
  path: string,
  cancel: Cancellation = {},
): Promise<T | undefined> {
  const { status, body } = await apiGet(inst, path, cancel);
  if (status === 404) return undefined;
  if (status !== 200) throw new Error(`GET ${path}: HTTP ${status} ${body.slice(0, 500)}`);
  return JSON.parse(body) as T;
}
