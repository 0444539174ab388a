import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import type { Cancellation } from './cancellation.ts';
import type { Instance } from './instance.ts';
import type { KubernetesObject } from './manifests/object.ts';

/** An answer of the API server. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * One GET to the instance's API server, through its port on the host, as the administrator.
 * @throws {Error} when no answer comes within 5 s.
 */
export async function apiGet(inst: Instance, path: string, cancel: Cancellation = {}): Promise<ApiAnswer> {
  return call(inst, { method: 'GET', path }, cancel);
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

/**
 * Applies an object server-side, with every field checked. What kubectl does too, but without the 10 MB of OpenAPI
 * that it asks a server for which is still starting (2 s).
 * @throws {Error} with the server's words when it refuses the object.
 */
export async function apiApply(
  inst: Instance,
  object: KubernetesObject,
  cancel: Cancellation,
): Promise<void> {
  const path = `${pathOf(object)}?fieldManager=lab&force=true&fieldValidation=Strict`;
  const { status, body } = await call(inst, { method: 'PATCH', path, body: JSON.stringify(object) }, cancel);
  if (status !== 200 && status !== 201) {
    throw new Error(`${object.kind} ${object.metadata.name}: HTTP ${status} ${body.slice(0, 500)}`);
  }
}

/** Where an object stands in the API. Right for every kind whose plural is regular, which all of the addons' are. */
function pathOf({ apiVersion, kind, metadata }: KubernetesObject): string {
  const group = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
  const namespace = metadata.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`;
  const singular = kind.toLowerCase();
  const plural = singular.endsWith('s') ? `${singular}es` : `${singular}s`;
  return `${group}${namespace}/${plural}/${encodeURIComponent(metadata.name)}`;
}

async function call(
  inst: Instance,
  what: { readonly method: 'GET' | 'PATCH'; readonly path: string; readonly body?: string },
  cancel: Cancellation,
): Promise<ApiAnswer> {
  const [ca, cert, key] = await Promise.all(
    ['ca.crt', 'admin.crt', 'admin.key'].map((file) => readFile(join(inst.pkiDir, file))),
  );
  const timeout = AbortSignal.timeout(5_000);
  const signal = cancel.signal === undefined ? timeout : AbortSignal.any([cancel.signal, timeout]);
  const { method, path, body } = what;
  // JSON is YAML, which is the only way to send an apply.
  const headers = body === undefined ? {} : { 'content-type': 'application/apply-patch+yaml' };
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: inst.apiPort, method, path, headers, ca, cert, key, agent: false, signal },
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
