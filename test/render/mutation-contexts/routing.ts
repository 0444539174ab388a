import type { Json } from '../../../src/schema/kit.ts';
import type { ValueMap } from '../../../src/values/merge.ts';

const host = 'a.example';

/** A route through a Gateway; one through an Ingress of a controller that can strip; one through any other. */
const gateway = { routing: { host, gateway: { parentRefs: { public: {} } } } };
const haproxy = { routing: { host, ingress: { enabled: true, preset: 'haproxy' } } };
const wholeHost = { host, paths: { api: '/' }, public: { metrics: true } };
const plain = { routing: { ...wholeHost, ingress: { enabled: true } } };
const issuer = {
  routing: { ...wholeHost, ingress: { enabled: true, tls: { issuer: { name: 'a' } } } },
};

/** What a leaf of `routing` matters beside. */
export const routingContexts: Readonly<Record<string, ValueMap>> = {
  'routing.host': gateway,
  'routing.paths.api': gateway,
  'routing.paths.flower': { flower: { enabled: true } },
  'routing.public.flower': { ...gateway, flower: { enabled: true } },
  'routing.public.metrics': gateway,
  'routing.gateway.parentRefs': gateway,
  'routing.gateway.requestTimeout': gateway,
  'routing.gateway.annotations': gateway,
  'routing.ingress.enabled': { routing: { ...gateway.routing, ...wholeHost } },
  'routing.ingress.className': plain,
  'routing.ingress.preset': haproxy,
  'routing.ingress.annotations': plain,
  'routing.ingress.tls.secret': plain,
  'routing.ingress.tls.issuer.name': plain,
  'routing.ingress.tls.issuer.kind': issuer,
  'routing.ingress.tls.issuer.group': issuer,
};

export const routingSamples: Readonly<Record<string, Json>> = {
  'routing.scheme': 'http',
  // Its context has another one than the default.
  'routing.ingress.preset': 'traefik',
};
