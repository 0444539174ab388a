import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubernetesObject } from '../../src/kubernetes/object.ts';
import { type ApiAnswer, apiRequest } from '../../src/kubernetes/request.ts';
import { type Cancellation, cancelling } from './cancellation.ts';
import type { Instance } from './instance.ts';

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
 * that it requests from a server that is still starting (2 s).
 * @throws {Error} with the server's message when it refuses the object.
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

/** Path of an object in the API. Right for every kind whose plural is regular, which all of the addons' are. */
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
  const [authority, certificate, key] = await Promise.all([
    readFile(join(inst.pkiDir, 'ca.crt')),
    readFile(join(inst.pkiDir, 'admin.crt')),
    readFile(join(inst.pkiDir, 'admin.key')),
  ]);
  const { method, path, body } = what;
  return apiRequest({
    url: `https://127.0.0.1:${inst.apiPort}${path}`,
    method,
    // JSON is YAML, which is the only content type of an apply.
    ...(body !== undefined && { body, contentType: 'application/apply-patch+yaml' }),
    authority,
    user: { certificate, key },
    timeoutMs: 5_000,
    ...cancelling(cancel),
  });
}
