import { describe, expect, test } from 'vitest';
import { type IngressSpec, ofKind, plain } from './routing-support.ts';
import { notes } from './support.ts';

const on = { enabled: true };
const global = (monitoring: object) => ({ global: { monitoring } });
const parentRefs = { public: {} };
const issuer = { name: 'letsencrypt' };

/** Values with Grafana behind an Ingress: more of `routing.ingress`, more of all. */
const behindIngress = (own: object = {}, more: object = {}) => ({
  prometheus: on,
  grafana: on,
  ...global({ host: 'a.example', namespace: 'watch' }),
  monitoring: { public: { grafana: true } },
  routing: { host: 'ml-service.example.com', ...plain, ingress: { enabled: true, ...own } },
  ...more,
});

describe('the Ingress of the servers', () => {
  const ingressOf = async (values: object) =>
    (await ofKind<IngressSpec>('Ingress', { values })).find(
      ({ metadata }) => metadata.name === 'monitoring-ingress',
    );
  const certificateOf = async (values: object) =>
    (await ofKind<object>('Certificate', { values })).find(({ metadata }) => metadata.name === 'monitoring');

  test('is not made by default, although there is a host', async () => {
    expect(await ingressOf(behindIngress({}, { monitoring: {} }))).toBeUndefined();
  });

  test('is in the namespace of the servers, leads to the path of each and rewrites nothing', async () => {
    const auth = { external: true };
    const found = await ingressOf(
      behindIngress(
        { preset: 'haproxy' },
        {
          prometheus: { ...on, auth },
          monitoring: { public: { prometheus: true, grafana: true } },
          ...global({ host: 'a.example', namespace: 'watch', prefixes: { prometheus: '/', grafana: '/b/' } }),
        },
      ),
    );
    const backend = (name: string, number: number) => ({ service: { name, port: { number } } });
    expect(found?.metadata.namespace).toBe('watch');
    expect(found?.metadata).not.toHaveProperty('annotations');
    expect(found?.spec).toEqual({
      rules: [
        {
          host: 'a.example',
          http: {
            paths: [
              { path: '/b', pathType: 'Prefix', backend: backend('grafana-service', 3000) },
              { path: '/', pathType: 'Prefix', backend: backend('prometheus-service', 9090) },
            ],
          },
        },
      ],
    });
  });

  test('has class and annotations of the other, and no HTTPRoute beside it', async () => {
    const values = behindIngress({ className: 'contour', annotations: { 'example.com/owner': 'platform' } });
    const found = await ingressOf(values);
    expect(found?.spec.ingressClassName).toBe('contour');
    expect(found?.metadata.annotations).toEqual({ 'example.com/owner': 'platform' });
    expect(await ofKind('HTTPRoute', { values })).toEqual([]);
  });

  test('can be used beside an HTTPRoute, during a migration', async () => {
    const values = behindIngress();
    const both = { ...values, routing: { ...values.routing, gateway: { parentRefs } } };
    expect(await ingressOf(both)).toBeDefined();
    expect((await ofKind('HTTPRoute', { values: both })).map(({ metadata }) => metadata.name)).toContain(
      'monitoring-route',
    );
  });

  test.each<[string, object]>([
    ['without an issuer', {}],
    ['and not that of an issuer', { tls: { issuer } }],
    ['where an Issuer would sign nothing', { tls: { issuer: { ...issuer, kind: 'Issuer' } } }],
  ])('uses a Secret of the user, %s', async (_what, own) => {
    const monitoring = { public: { grafana: true }, tls: { secret: 'mine' } };
    const values = behindIngress(own, { monitoring });
    expect((await ingressOf(values))?.spec.tls).toEqual([{ hosts: ['a.example'], secretName: 'mine' }]);
    expect(await certificateOf(values)).toBeUndefined();
  });

  test('uses the Secret that a Certificate of the same issuer fills, beside it', async () => {
    const values = behindIngress({ tls: { issuer } });
    const certificate = await certificateOf(values);
    expect((await ingressOf(values))?.spec.tls).toEqual([
      { hosts: ['a.example'], secretName: 'monitoring-tls' },
    ]);
    expect(certificate?.metadata.namespace).toBe('watch');
    expect(certificate?.spec).toEqual({
      secretName: 'monitoring-tls',
      dnsNames: ['a.example'],
      issuerRef: { ...issuer, kind: 'ClusterIssuer', group: 'cert-manager.io' },
    });
  });

  test.each<[string, object, string]>([
    ['Secret', { secret: 'mine' }, 'mine'],
    ['Certificate', { issuer: { ...issuer, kind: 'Issuer' } }, 'ml-service-tls'],
  ])('on the host of the service and beside it uses its %s', async (_what, tls, secretName) => {
    const host = 'ml-service.example.com';
    const values = behindIngress({ tls }, global({ host }));
    expect((await ingressOf(values))?.spec.tls).toEqual([{ hosts: [host], secretName }]);
    expect(await certificateOf(values)).toBeUndefined();
  });

  test('has no TLS by a Secret that is for another host', async () => {
    const values = behindIngress({ tls: { secret: 'mine' } });
    expect((await ingressOf(values))?.spec).not.toHaveProperty('tls');
  });
});

test('NOTES name the URLs behind an Ingress', async () => {
  expect(await notes({ values: behindIngress() })).toContain('External URL: https://a.example/grafana');
});
