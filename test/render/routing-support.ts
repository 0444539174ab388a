import type { Manifest, RenderOptions } from '../../src/chart/helm.ts';
import { render } from './support.ts';

/** Values that route the service, for the tests of `routing`. */
export const host = 'ml-service.example.com';
const parentRefs = { public: { namespace: 'gateways' } };

/** Through a Gateway: more of `routing.gateway`, more of `routing`. */
export const gateway = (own: object = {}, more: object = {}) => ({
  values: { routing: { host, gateway: { parentRefs, ...own }, ...more } },
});

/** Through an Ingress: more of `routing.ingress`, more of `routing`. */
export const ingress = (own: object = {}, more: object = {}) => ({
  values: { routing: { host, ingress: { enabled: true, ...own }, ...more } },
});

/** What a plain Ingress can do. */
export const plain = { paths: { api: '/' }, public: { metrics: true } };

/** The objects of a kind, whose spec has a shape. */
export async function ofKind<S>(kind: string, options: RenderOptions) {
  const { objects } = await render(options);
  const is = (object: Manifest): object is Manifest & { readonly spec: S } => object.kind === kind;
  return objects.filter(is);
}

/** The parts of an Ingress that the tests check. */
export interface IngressSpec {
  readonly ingressClassName?: string;
  readonly tls?: readonly object[];
  readonly rules: readonly { readonly host: string; readonly http: { readonly paths: readonly object[] } }[];
}
