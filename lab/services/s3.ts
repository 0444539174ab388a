import { AwsClient } from 'aws4fetch';

/** URL of an S3 server and the credentials for it. */
export interface S3Options {
  /** `http://127.0.0.1:7070`; buckets are path-style below it. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** Default `us-east-1`. */
  readonly region?: string;
}

/** One object of a listing. */
export interface S3Object {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
}

/** An answer that is not the expected one. */
export class S3Error extends Error {
  override readonly name = 'S3Error';
  readonly status: number;
  /** Absent when the request was about the bucket. */
  readonly key: string | undefined;
  /** The server's answer, XML as a rule. */
  readonly body: string;

  constructor(facts: { what: string; status: number; key: string | undefined; body: string }) {
    super(`${facts.what}: HTTP ${facts.status} ${facts.body.slice(0, 500)}`);
    this.status = facts.status;
    this.key = facts.key;
    this.body = facts.body;
  }
}

/** How long one request may take. */
const requestTimeoutMs = 30_000;

/** One bucket of an S3 server. Nothing is retried: who calls knows what waits and what fails. */
export class S3 {
  readonly #client: AwsClient;
  readonly #bucketUrl: string;
  readonly #bucket: string;

  constructor(options: S3Options) {
    this.#client = new AwsClient({
      accessKeyId: options.accessKey,
      secretAccessKey: options.secretKey,
      service: 's3',
      region: options.region ?? 'us-east-1',
      retries: 0,
    });
    this.#bucket = options.bucket;
    this.#bucketUrl = `${options.endpoint.replace(/\/+$/, '')}/${options.bucket}`;
  }

  /** Makes the bucket; one that is there already and can be read is left alone. */
  async createBucket(): Promise<void> {
    // A HEAD first, because versitygw answers 500 when the bucket is a directory that something else created.
    const present = await this.#request('HEAD', undefined).then(
      () => true,
      (error: unknown) => {
        if (error instanceof S3Error && error.status === 404) return false;
        throw error;
      },
    );
    if (!present) await this.#request('PUT', undefined);
  }

  /** Writes an object, replacing one of the same key. */
  async put(key: string, body: Uint8Array | string): Promise<void> {
    await this.#request('PUT', key, { body });
  }

  /** @throws {S3Error} with status 404 when there is no such object. */
  async get(key: string): Promise<Buffer> {
    return this.#request('GET', key);
  }

  /** Every object whose key starts with the prefix, sorted by key. */
  async list(prefix: string): Promise<readonly S3Object[]> {
    const found: S3Object[] = [];
    let token: string | undefined;
    do {
      const query = {
        'list-type': '2',
        prefix,
        ...(token === undefined ? {} : { 'continuation-token': token }),
      };
      const page = (await this.#request('GET', undefined, { query })).toString('utf8');
      for (const [, content = ''] of page.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
        found.push({ key: element(content, 'Key') ?? '', size: Number(element(content, 'Size')) });
      }
      token = element(page, 'NextContinuationToken');
    } while (token !== undefined);
    return found.sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  /** Removes an object; one that is not there counts as removed. */
  async delete(key: string): Promise<void> {
    await this.#request('DELETE', key);
  }

  async #request(
    method: 'HEAD' | 'GET' | 'PUT' | 'DELETE',
    key: string | undefined,
    more: { readonly body?: Uint8Array | string; readonly query?: Readonly<Record<string, string>> } = {},
  ): Promise<Buffer> {
    const path = key === undefined ? '' : `/${key.split('/').map(encodeURIComponent).join('/')}`;
    const query = more.query === undefined ? '' : `?${new URLSearchParams(more.query)}`;
    const response = await this.#client.fetch(`${this.#bucketUrl}${path}${query}`, {
      method,
      signal: AbortSignal.timeout(requestTimeoutMs),
      ...(more.body === undefined ? {} : { body: more.body }),
    });
    const answer = Buffer.from(await response.arrayBuffer());
    if (!response.ok) {
      const what = `S3 ${method} ${this.#bucket}${key === undefined ? '' : `/${key}`}`;
      throw new S3Error({ what, status: response.status, key, body: answer.toString('utf8') });
    }
    return answer;
  }
}

/** Text of the first element of a name in S3's plain XML, or undefined. */
function element(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(xml)?.[1];
  return text?.replace(/&(lt|gt|quot|apos|amp|#(\d+)|#x([0-9a-fA-F]+));/g, (_, entity, decimal, hex) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }[entity as 'lt'];
  });
}
