import type { Accepted, Refused } from './cases.ts';

const host = 'ml-service.example.com';
const route = { host, gateway: { parentRefs: { public: {} } } };
const ingress = (own: object) => ({ host, ingress: { enabled: true, preset: 'traefik', ...own } });
const trusting = (...networks: readonly string[]) => ({
  trustedProxies: Object.fromEntries(networks.map((network) => [network, {}])),
});

/** Values under `routing`. */
const refusedRouting: readonly Refused[] = [
  ['a Gateway without host', { gateway: route.gateway }, ['routing.host']],
  ['an Ingress without host', { ...ingress({}), host: '' }, ['routing.host']],
  ['a host without Gateway or Ingress', { host }, ['routing.gateway.parentRefs']],
  [
    'one Gateway twice',
    { host, gateway: { parentRefs: { public: { sectionName: 'a' }, again: { name: 'public' } } } },
    ['routing.gateway.parentRefs'],
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
    ['routing.gateway.parentRefs'],
  ],
  [
    'a timeout without an HTTPRoute',
    { ...ingress({}), gateway: { requestTimeout: '1h' } },
    ['routing.gateway'],
  ],
  [
    'a timeout above the maximum of Gateway API',
    { ...route, gateway: { ...route.gateway, requestTimeout: '25h' } },
    ['routing.gateway.requestTimeout'],
  ],
  [
    'a path on a plain Ingress, which strips none',
    { ...ingress({ preset: 'plain' }), public: { metrics: true } },
    ['routing.paths.api'],
  ],
  [
    'the same beside an HTTPRoute',
    { ...route, ...ingress({ preset: 'plain' }), public: { metrics: true } },
    ['routing.paths.api'],
  ],
  [
    'hidden metrics on a plain Ingress',
    { ...ingress({ preset: 'plain' }), paths: { api: '/' } },
    ['routing.public.metrics'],
  ],
  ['an empty path', { ...route, paths: { api: '' } }, ['routing.paths.api']],
  ['a trailing slash', { ...route, paths: { api: '/x/' } }, ['routing.paths.api']],
  ['an empty path of Flower', { paths: { flower: '' } }, ['routing.paths.flower']],
  ['the whole host for Flower', { ...route, paths: { flower: '/' } }, ['routing.paths.flower']],
  ['Flower below the API', { ...route, paths: { flower: '/audio/flower' } }, ['routing.paths']],
  ['the API below Flower', { ...route, paths: { api: '/flower/audio' } }, ['routing.paths']],
  ['one path for both', { ...route, paths: { api: '/flower' } }, ['routing.paths']],
  ['a route to a Flower that is off', { ...route, public: { flower: true } }, ['routing.public.flower']],
  [
    'a public Flower without any route',
    { public: { flower: true } },
    ['routing.public.flower', 'routing.public.flower'],
  ],
  [
    'a Secret and a Certificate at once',
    ingress({ tls: { secret: 'mine', issuer: { name: 'letsencrypt' } } }),
    ['routing.ingress.tls'],
  ],
  ['TLS of an HTTPRoute', { ...route, ingress: { tls: { secret: 'mine' } } }, ['routing.ingress.tls']],
  [
    'the scheme http beside TLS',
    { ...ingress({ tls: { secret: 'mine' } }), scheme: 'http' },
    ['routing.scheme'],
  ],
  ...['cluster-issuer', 'issuer'].map(
    (key): Refused => [
      `two Certificates for one Secret, by ${key}`,
      ingress({
        tls: { issuer: { name: 'letsencrypt' } },
        annotations: { [`cert-manager.io/${key}`]: 'letsencrypt' },
      }),
      [`routing.ingress.annotations.cert-manager.io/${key}`],
    ],
  ),
  [
    "an annotation over the preset's",
    ingress({ preset: 'haproxy', annotations: { 'haproxy.org/path-rewrite': '/ /x' } }),
    ['routing.ingress.annotations.haproxy.org/path-rewrite'],
  ],
  ...['*', '0.0.0.0/0', '::/0'].map(
    (network): Refused => [
      `everybody as a trusted proxy: ${network}`,
      trusting(network),
      [`routing.trustedProxies.${network}`],
    ],
  ),
  ...['10.244.0.1/16', '10.256.0.0/16', '10.244.0/16', '10.0.0.0/33', '010.0.0.0/8', 'fd00::/129'].map(
    (network): Refused => [
      `no network as a trusted proxy: ${network}`,
      trusting(network),
      [`routing.trustedProxies.${network}`],
    ],
  ),
];

const acceptedRouting: readonly Accepted[] = [
  ['both kinds of route, where both strip the path', { ...route, ...ingress({}) }],
  [
    'both kinds on a whole host',
    { ...route, ...ingress({ preset: 'plain' }), paths: { api: '/' }, public: { metrics: true } },
  ],
  [
    'Gateways of one name in two namespaces',
    { host, gateway: { parentRefs: { public: {}, other: { name: 'public', namespace: 'gateways' } } } },
  ],
  ['paths with a common beginning', { ...route, paths: { api: '/flow', flower: '/flower' } }],
  ['Flower below an API on the whole host', { ...route, paths: { api: '/' } }],
  [
    'networks of all lengths',
    trusting('10.0.0.0/8', '128.0.0.0/1', '192.0.2.7', '192.0.2.7/32', 'fd00::/8', '::1'),
  ],
];

export const refused: readonly Refused[] = [
  ...refusedRouting.map(([title, routing, paths]): Refused => [title, { routing }, paths]),
  ...['app', 'api'].map(
    (section): Refused => [
      `trusted proxies both in routing and in ${section}.env`,
      { [section]: { env: { FORWARDED_ALLOW_IPS: '*' } }, routing: trusting('10.0.0.0/8') },
      [`${section}.env.FORWARDED_ALLOW_IPS`],
    ],
  ),
];

export const accepted: readonly Accepted[] = acceptedRouting.map(([title, routing]) => [title, { routing }]);
