import { describe, expect, test } from 'vitest';
import { renderedObjects } from './renders.ts';

const host = 'ml-service.example.com';
const route = { host, gateway: { parentRefs: { public: {} } } };
const ingress = (own: object) => ({ host, ingress: { enabled: true, preset: 'traefik', ...own } });
const trusting = (...networks: readonly string[]) => ({
  trustedProxies: Object.fromEntries(networks.map((network) => [network, {}])),
});

/** Each row: what is refused, the values under `routing`, and words of the message: the place, the reason, the remedy. */
const refused: readonly (readonly [title: string, routing: object, words: readonly string[]])[] = [
  [
    'a Gateway without host',
    { gateway: route.gateway },
    ['routing.host', 'every host of its Gateway', 'ml-service.example.com'],
  ],
  ['an Ingress without host', { ...ingress({}), host: '' }, ['routing.host', 'every host']],
  [
    'a host that nothing routes',
    { host },
    [
      'routing.gateway.parentRefs',
      'attached to nothing',
      'parentRefs.<Gateway>.namespace',
      'ingress.enabled',
    ],
  ],
  [
    'one Gateway twice',
    { host, gateway: { parentRefs: { public: { sectionName: 'a' }, again: { name: 'public' } } } },
    ['routing.gateway.parentRefs', 'the Gateway public', 'Set sectionName in each'],
  ],
  [
    'one listener twice',
    {
      host,
      gateway: {
        parentRefs: {
          a: { name: 'public', namespace: 'gateways', sectionName: 'https' },
          b: { name: 'public', namespace: 'gateways', sectionName: 'https' },
        },
      },
    },
    ['routing.gateway.parentRefs', 'the Gateway gateways public', 'Set sectionName in each'],
  ],
  [
    'a timeout of an HTTPRoute that there is not',
    { ...ingress({}), gateway: { requestTimeout: '1h' } },
    ['routing.gateway:', 'there is no HTTPRoute'],
  ],
  [
    'a timeout of days',
    { ...route, gateway: { ...route.gateway, requestTimeout: '25h' } },
    ['routing.gateway.requestTimeout', 'at most 24h'],
  ],
  [
    'a path on a plain Ingress',
    { ...ingress({ preset: 'plain' }), public: { metrics: true } },
    ['routing.paths.api', 'answers 404', 'routing.paths.api: /', 'preset: traefik or haproxy'],
  ],
  [
    'the same beside an HTTPRoute, which could',
    { ...route, ...ingress({ preset: 'plain' }), public: { metrics: true } },
    ['routing.paths.api', 'a plain Ingress hands /audio on'],
  ],
  [
    'hidden metrics on a plain Ingress',
    { ...ingress({ preset: 'plain' }), paths: { api: '/' } },
    ['routing.public.metrics', 'cannot keep /metrics', 'true where that is acceptable'],
  ],
  ['an empty path', { ...route, paths: { api: '' } }, ['routing.paths.api', 'an empty path', 'Set /']],
  ['a slash at the end', { ...route, paths: { api: '/x/' } }, ['routing.paths.api', '/x/', 'Set /x.']],
  ['an empty path of Flower', { paths: { flower: '' } }, ['routing.paths.flower', 'an empty path']],
  [
    'the whole host for Flower',
    { ...route, paths: { flower: '/' } },
    ['routing.paths.flower', 'what belongs to the API'],
  ],
  [
    'Flower below the API',
    { ...route, paths: { flower: '/audio/flower' } },
    ['routing.paths', '/audio and /audio/flower overlap'],
  ],
  [
    'the API below Flower',
    { ...route, paths: { api: '/flower/audio' } },
    ['routing.paths', '/flower/audio and /flower overlap'],
  ],
  ['one path for both', { ...route, paths: { api: '/flower' } }, ['routing.paths', 'overlap']],
  [
    'a route to a Flower that is off',
    { ...route, public: { flower: true } },
    ['routing.public.flower', 'Flower is off', 'flower.enabled: true'],
  ],
  [
    'a Secret and a Certificate at once',
    ingress({ tls: { secret: 'mine', issuer: { name: 'letsencrypt' } } }),
    ['routing.ingress.tls', 'Secret mine', 'issuer letsencrypt', 'Remove secret, or issuer.name'],
  ],
  [
    'TLS of an HTTPRoute',
    { ...route, ingress: { tls: { secret: 'mine' } } },
    ['routing.ingress.tls', 'listener of its Gateway'],
  ],
  [
    'a scheme without TLS beside TLS',
    { ...ingress({ tls: { secret: 'mine' } }), scheme: 'http' },
    ['routing.scheme', 'contradicts routing.ingress.tls'],
  ],
  [
    'two Certificates for one Secret',
    ingress({
      tls: { issuer: { name: 'letsencrypt' } },
      annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' },
    }),
    ['routing.ingress.annotations.cert-manager.io/cluster-issuer', 'a second Certificate'],
  ],
  [
    "an annotation over the preset's",
    ingress({ preset: 'haproxy', annotations: { 'haproxy.org/path-rewrite': '/ /x' } }),
    ['routing.ingress.annotations.haproxy.org/path-rewrite', 'the preset haproxy writes it'],
  ],
];

/** The message of a refusal. */
async function refusal(values: object): Promise<string> {
  return renderedObjects({ values }).then(
    () => 'it was accepted',
    (error: Error) => error.message,
  );
}

describe('refused, with place, reason and remedy', () => {
  test.each(refused)('%s', async (_title, routing, words) => {
    const message = await refusal({ routing });
    for (const word of words) expect(message).toContain(word);
    expect(message).toContain('1 problem(s) in the values');
  });

  test('Flower made public where nothing is', async () => {
    const message = await refusal({ routing: { public: { flower: true } } });
    expect(message).toContain('routing.public.flower: there is no route from outside at all');
  });

  test('proxies that are none, or everybody', async () => {
    const everybody = ['*', '0.0.0.0/0', '::/0'];
    const none = ['10.244.0.1/16', '10.256.0.0/16', '10.244.0/16', '10.0.0.0/33', '010.0.0.0/8'];
    const message = await refusal({ routing: trusting(...everybody, ...none, 'fd00::/129') });
    const lines = message.split('\n');
    const said = (network: string) =>
      lines.find((line) => line.includes(`routing.trustedProxies.${network}:`));
    for (const network of everybody) expect(said(network)).toContain('gets around the rate limit');
    for (const network of none)
      expect(said(network)).toMatch(/is no IPv4 network.*would trust nobody.*are 0/);
    expect(said('fd00::/129')).toContain('at most 128');
    expect(message).toContain('9 problem(s)');
  });

  test.each(['app', 'api'])('trusted proxies beside %s.env', async (section) => {
    const values = { [section]: { env: { FORWARDED_ALLOW_IPS: '*' } }, routing: trusting('10.0.0.0/8') };
    expect(await refusal(values)).toContain(
      `${section}.env.FORWARDED_ALLOW_IPS: routing.trustedProxies sets it`,
    );
  });

  test.each([
    ['a path without slash', { paths: { api: 'audio' } }, '/routing/paths/api'],
    ['a path that climbs', { paths: { api: '/audio/../x' } }, '/routing/paths/api'],
    ['a path with a doubled slash', { paths: { api: '/audio//x' } }, '/routing/paths/api'],
    ['a host in capitals', { host: 'Example.com' }, '/routing/host'],
    ['a host with a port', { host: 'example.com:8080' }, '/routing/host'],
    ['a host of every name', { host: '*.example.com' }, '/routing/host'],
    ['a proxy by name', trusting('gateway.example.com'), 'gateway.example.com'],
    ['an unknown preset', ingress({ preset: 'nginx' }), '/routing/ingress/preset'],
  ])('by the schema: %s', async (_title, routing, place) => {
    expect(await refusal({ routing })).toContain(place);
  });
});

describe('not refused', () => {
  test.each([
    ['both engines, where both strip', { ...route, ...ingress({}) }],
    [
      'both engines on a whole host',
      { ...route, ...ingress({ preset: 'plain' }), paths: { api: '/' }, public: { metrics: true } },
    ],
    [
      'Gateways of one name in two namespaces',
      { host, gateway: { parentRefs: { public: {}, other: { name: 'public', namespace: 'gateways' } } } },
    ],
    ['paths that only begin alike', { ...route, paths: { api: '/flow', flower: '/flower' } }],
    ['Flower on the host whose rest is the API', { ...route, paths: { api: '/' } }],
    [
      'networks of all lengths',
      trusting('10.0.0.0/8', '128.0.0.0/1', '192.0.2.7', '192.0.2.7/32', 'fd00::/8', '::1'),
    ],
  ])('%s', async (_title, routing) => {
    expect(await renderedObjects({ values: { routing } })).not.toEqual([]);
  });
});
