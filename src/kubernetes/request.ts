import { request } from 'node:https';
import type { ClientIdentity } from './kubeconfig.ts';

/** An answer of an API server. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * One request to an API server, for what kubectl is too slow or too narrow for. Not `fetch`, which cannot be given a
 * certificate authority.
 * @param call.authority PEM; no other certificate authority is trusted
 * @param call.timeoutMs for the whole answer
 * @throws {Error} when no answer comes in time.
 */
export async function apiRequest(call: {
  readonly url: string;
  readonly method?: 'GET' | 'PATCH';
  readonly contentType?: string;
  readonly body?: string;
  readonly authority: Buffer;
  readonly user: ClientIdentity;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}): Promise<ApiAnswer> {
  const { url, method = 'GET', contentType, body, authority, user } = call;
  const timeout = AbortSignal.timeout(call.timeoutMs);
  const signal = call.signal === undefined ? timeout : AbortSignal.any([call.signal, timeout]);
  const headers = {
    ...(contentType !== undefined && { 'content-type': contentType }),
    ...('token' in user && { authorization: `Bearer ${user.token}` }),
  };
  const client = 'token' in user ? {} : { cert: user.certificate, key: user.key };
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method, headers, ca: authority, ...client, agent: false, signal },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
