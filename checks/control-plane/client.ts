import { get } from 'node:https';

/** How to talk to the API server as its administrator. */
export interface Access {
  /** PEM of the certificate authority; nothing else is trusted. */
  readonly authority: Buffer;
  readonly token: string;
}

/**
 * One GET, for what kubectl is too slow or too narrow for.
 * @returns the body of a 200 answer.
 * @throws {Error} with status and body of any other answer, or when none came within 30 s.
 */
export async function getText(url: string, access: Access): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get(
      url,
      {
        ca: access.authority,
        headers: { authorization: `Bearer ${access.token}` },
        agent: false,
        signal: AbortSignal.timeout(30_000),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const body = Buffer.concat(chunks).toString('utf8');
          if (response.statusCode === 200) resolve(body);
          else reject(new Error(`GET ${url}: HTTP ${response.statusCode} ${body.slice(0, 500)}`));
        });
      },
    );
    request.on('error', reject);
  });
}
