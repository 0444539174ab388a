import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { S3, S3Error } from '../../../lab/services/s3.ts';

interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly authorization: string;
  readonly body: string;
}

/** One answer per request, in order; requests are kept. The cluster tests use a real S3 server. */
class ScriptedServer {
  readonly requests: RecordedRequest[] = [];
  readonly #answers: { status: number; body: string }[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      void read(request).then((body) => {
        const { method = '', url = '', headers } = request;
        this.requests.push({ method, url, authorization: headers.authorization ?? '', body });
        const answer = this.#answers.shift() ?? { status: 500, body: 'nothing scripted' };
        response.writeHead(answer.status).end(answer.body);
      });
    });
  }

  answer(status: number, body = ''): void {
    this.#answers.push({ status, body });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

describe('S3', () => {
  let server: ScriptedServer;
  let s3: S3;

  beforeEach(async () => {
    server = new ScriptedServer();
    const endpoint = await server.listen();
    s3 = new S3({ endpoint: `${endpoint}/`, bucket: 'box', accessKey: 'me', secretKey: 'secret' });
  });
  afterEach(() => server.close());

  it('puts an object path-style, signed with version 4 for S3', async () => {
    server.answer(200);
    await s3.put('a/b.json', '{}');
    expect(server.requests).toMatchObject([{ method: 'PUT', url: '/box/a/b.json', body: '{}' }]);
    expect(server.requests[0]?.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=me\/\d{8}\/us-east-1\/s3\/aws4_request/,
    );
  });

  it('escapes keys but keeps their slashes', async () => {
    server.answer(200);
    await s3.put('a b/c&d+é#?.txt', '');
    expect(server.requests[0]?.url).toBe('/box/a%20b/c%26d%2B%C3%A9%23%3F.txt');
  });

  it('lists page after page, sorted, with XML entities read', async () => {
    server.answer(
      200,
      '<R><Contents><Key>p/b</Key><Size>2</Size></Contents><NextContinuationToken>t/1=</NextContinuationToken></R>',
    );
    server.answer(200, '<R><Contents><Key>p/a&amp;&lt;&#65;</Key><Size>10</Size></Contents></R>');
    expect(await s3.list('p/')).toEqual([
      { key: 'p/a&<A', size: 10 },
      { key: 'p/b', size: 2 },
    ]);
    expect(server.requests.map(({ url }) => url)).toEqual([
      '/box?list-type=2&prefix=p%2F',
      '/box?list-type=2&prefix=p%2F&continuation-token=t%2F1%3D',
    ]);
  });

  it('reports status, key and answer of a refusal, once and without a retry', async () => {
    server.answer(503, '<Code>SlowDown</Code>');
    const error = await s3.get('a/b').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(S3Error);
    expect(error).toMatchObject({ status: 503, key: 'a/b', body: '<Code>SlowDown</Code>' });
    expect((error as Error).message).toBe('S3 GET box/a/b: HTTP 503 <Code>SlowDown</Code>');
    expect(server.requests).toHaveLength(1);
  });

  it('leaves a bucket that is there alone', async () => {
    server.answer(200);
    await s3.createBucket();
    expect(server.requests.map(({ method, url }) => `${method} ${url}`)).toEqual(['HEAD /box']);
  });

  it('makes a bucket that is not there', async () => {
    server.answer(404);
    server.answer(200);
    await s3.createBucket();
    expect(server.requests.map(({ method, url }) => `${method} ${url}`)).toEqual(['HEAD /box', 'PUT /box']);
  });

  it('does not take a refusal for absence', async () => {
    server.answer(403);
    await expect(s3.createBucket()).rejects.toMatchObject({ status: 403, key: undefined });
    expect(server.requests).toHaveLength(1);
  });
});
