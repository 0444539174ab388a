import { apiRequest } from '../../src/kubernetes/request.ts';

/** How to talk to the API server as its administrator. */
export interface Access {
  /** PEM of the certificate authority; nothing else is trusted. */
  readonly authority: Buffer;
  readonly token: string;
}

/**
 * One GET.
 * @returns the body of a 200 answer.
 * @throws {Error} with status and body of any other answer, or when none came within 30 s.
 */
export async function getText(url: string, { authority, token }: Access): Promise<string> {
  const { status, body } = await apiRequest({ url, authority, user: { token }, timeoutMs: 30_000 });
  if (status !== 200) throw new Error(`GET ${url}: HTTP ${status} ${body.slice(0, 500)}`);
  return body;
}
