import { beforeAll, describe, expect, it } from 'vitest';
import { type Manifest, renderChart } from '../../src/chart/helm.ts';
import { apply, freshNamespace, stored } from './support.ts';

const routingKinds = ['HTTPRoute', 'Ingress', 'Certificate', 'Middleware'];
const host = 'ml-service.example.com';
const parentRefs = { public: { namespace: 'gateways', sectionName: 'https', port: 443 } };
const plain = { paths: { api: '/' }, public: { metrics: true } };

const routings: readonly (readonly [title: string, routing: object, kinds: readonly string[]])[] = [
  ['HTTPRoute', { host, gateway: { parentRefs, requestTimeout: '1h' } }, ['HTTPRoute']],
  ['plain Ingress', { host, ...plain, ingress: { enabled: true, tls: { secret: 'mine' } } }, ['Ingress']],
  [
    'Ingress of HAProxy with a Certificate',
    { host, ingress: { enabled: true, preset: 'haproxy', tls: { issuer: { name: 'letsencrypt' } } } },
    ['Certificate', 'Ingress'],
  ],
  [
    'both engines, with Traefik',
    { host, gateway: { parentRefs }, ingress: { enabled: true, preset: 'traefik' } },
    ['HTTPRoute', 'Ingress', 'Middleware', 'Middleware'],
  ],
];

const listOf = (items: readonly object[]) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

describe.each(routings)('%s on a real API server', (_title, routing, kinds) => {
  let namespace: string;
  let routes: readonly Manifest[];
  beforeAll(async () => {
    namespace = await freshNamespace();
    const objects = await renderChart({ namespace, values: { routing } });
    routes = objects.filter(({ kind }) => routingKinds.includes(kind));
  });

  it('is what was applied', () => {
    expect(routes.map(({ kind }) => kind).sort()).toEqual(kinds);
  });

  it('is admitted by the rules of its definition, and applied again without any change', async () => {
    expect(await apply(namespace, listOf(routes), { dryRun: false })).toBe('');
    const before = await stored(namespace, routes);
    await apply(namespace, listOf(routes), { dryRun: false });
    expect(await stored(namespace, routes)).toEqual(before);
  });
});

describe('the rules of Gateway API, which no JSON schema holds', () => {
  it('refuse a prefix rewrite beside two matches', async () => {
    const path = (value: string) => ({ path: { type: 'PathPrefix', value } });
    const filter = {
      type: 'URLRewrite',
      urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } },
    };
    const route = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'two-matches' },
      spec: { rules: [{ matches: [path('/audio'), path('/flower')], filters: [filter] }] },
    };
    const refused = apply(await freshNamespace(), JSON.stringify(route), { dryRun: true });
    await expect(refused).rejects.toThrow(/exactly one PathPrefix match/);
  });
});
