import { request } from 'node:http';

/** An answer of a server. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** What `fetch` would change or forbid: the Host header, and a path as it is written. */
export interface HttpRequest {
  readonly host: string;
  /** Sent without any normalisation: `/audio/%6detrics`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent by POST as JSON. */
  readonly body?: object;
}

/**
 * Sends a request to `url` with the Host header of another server.
 * @throws {Error} when no answer came within 30 s.
 */
export async function requestAs(
  url: string,
  { host, path, headers = {}, body }: HttpRequest,
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        hostname,
        port,
        path,
        method: body === undefined ? 'GET' : 'POST',
        headers: { host, ...json, ...headers },
        agent: false,
        signal: AbortSignal.timeout(30_000),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
