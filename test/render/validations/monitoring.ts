import { type Accepted, on, type Refused } from './cases.ts';

const servers = { prometheus: on, alertmanager: on, grafana: on };
const global = (monitoring: object) => ({ global: { monitoring } });
const parentRefs = { public: {} };
const gateway = { routing: { host: 'ml-service.example.com', gateway: { parentRefs } } };
const routed = { ...gateway, ...global({ host: 'a.example' }) };
const open = (...names: readonly string[]) => ({
  public: Object.fromEntries(names.map((name) => [name, true])),
});

/** Prometheus and Grafana on one host with the service, at these paths. */
const onOneHost = (prefixes: object, routing: object = {}) => ({
  prometheus: { ...on, auth: { external: true } },
  grafana: on,
  flower: on,
  routing: { ...gateway.routing, ...routing },
  ...global({ host: 'ml-service.example.com', prefixes }),
  monitoring: open('prometheus', 'grafana'),
});

/** Grafana behind an Ingress: more of `routing.ingress`, more of all. */
const behindIngress = (own: object, more: object = {}) => ({
  prometheus: on,
  grafana: on,
  ...global({ host: 'a.example', namespace: 'watch' }),
  monitoring: open('grafana'),
  routing: {
    host: 'ml-service.example.com',
    paths: { api: '/' },
    public: { metrics: true },
    ingress: { enabled: true, ...own },
  },
  ...more,
});

export const refused: readonly Refused[] = [
  [
    'two systems that scrape',
    { prometheus: on, monitoring: { operator: on } },
    ['monitoring.operator.enabled'],
  ],
  [
    'servers of a chart that is switched off',
    { enabled: false, ...servers },
    ['alertmanager.enabled', 'grafana.enabled', 'prometheus.enabled'],
  ],
  [
    "an Alertmanager without alerts, beside the operator's own",
    { alertmanager: on, monitoring: { operator: on } },
    ['alertmanager.enabled'],
  ],
  [
    'a Grafana with its well-known password',
    { prometheus: on, grafana: { ...on, admin: { existingSecret: '' } } },
    ['grafana.admin.existingSecret'],
  ],
  [
    'an Alertmanager whose password Prometheus lacks',
    { prometheus: on, alertmanager: { ...on, auth: { existingSecret: 'mine' } } },
    ['prometheus.alertmanager.existingSecret'],
  ],
  [
    'a claim without persistence',
    { prometheus: { ...on, persistence: { enabled: false, existingClaim: 'mine' } } },
    ['prometheus.persistence.existingClaim', 'prometheus.resources.limits.ephemeral-storage'],
  ],
  ['a Grafana without data source', { grafana: on }, ['grafana.datasource.url']],
  [
    'a Prometheus under another name than Grafana expects',
    { grafana: on, prometheus: { ...on, fullnameOverride: 'mine' } },
    ['grafana.datasource.url'],
  ],
  [
    'a Grafana without the password of Prometheus',
    { grafana: on, prometheus: { ...on, auth: { existingSecret: 'mine' } } },
    ['grafana.datasource.existingSecret'],
  ],
  [
    'a Grafana without the password of the Prometheus at its URL',
    {
      prometheus: { ...on, fullnameOverride: 'mine', auth: { existingSecret: 'web' } },
      grafana: { ...on, datasource: { url: 'http://mine-service.ml-service.svc:9090/prometheus' } },
    },
    ['grafana.datasource.existingSecret'],
  ],
  [
    'a route to a server that is off',
    { ...routed, monitoring: open('grafana') },
    ['monitoring.public.grafana'],
  ],
  [
    'a route without host',
    { ...servers, ...gateway, monitoring: open('grafana') },
    ['monitoring.public.grafana'],
  ],
  [
    'a route without Gateway or Ingress',
    { ...servers, ...global({ host: 'a.example' }), monitoring: open('grafana') },
    ['monitoring.public.grafana'],
  ],
  [
    'routes to a Prometheus and an Alertmanager without password',
    { ...servers, ...routed, monitoring: open('prometheus', 'alertmanager') },
    ['monitoring.public.alertmanager', 'monitoring.public.prometheus'],
  ],
  [
    'one path for two servers',
    onOneHost({ grafana: '/prometheus/' }),
    ['global.monitoring.prefixes.prometheus'],
  ],
  [
    'the path of the API for a server on its host',
    onOneHost({ prometheus: '/audio' }),
    ['global.monitoring.prefixes.prometheus'],
  ],
  [
    'the same for the whole host',
    onOneHost({ grafana: '/' }, { paths: { api: '/' } }),
    ['global.monitoring.prefixes.grafana'],
  ],
  [
    'the path of Flower for a server on its host',
    onOneHost({ grafana: '/flower' }, { public: { flower: true } }),
    ['global.monitoring.prefixes.grafana'],
  ],
  [
    'the path of hidden metrics for a server',
    onOneHost({ prometheus: '/metrics' }, { paths: { api: '/' } }),
    ['global.monitoring.prefixes.prometheus'],
  ],
  [
    'a Secret for TLS without an Ingress',
    behindIngress(
      {},
      {
        routing: { host: 'b.example', gateway: { parentRefs } },
        monitoring: { ...open('grafana'), tls: { secret: 'mine' } },
      },
    ),
    ['monitoring.tls.secret'],
  ],
  [
    'a Secret for TLS without a public server',
    behindIngress({}, { monitoring: { tls: { secret: 'mine' } } }),
    ['monitoring.tls.secret'],
  ],
  [
    'the scheme http beside TLS',
    behindIngress({ tls: { issuer: { name: 'mine' } } }, global({ host: 'a.example', scheme: 'http' })),
    ['global.monitoring.scheme'],
  ],
  [
    'an Issuer of another namespace',
    behindIngress({ tls: { issuer: { name: 'mine', kind: 'Issuer' } } }),
    ['routing.ingress.tls.issuer.kind'],
  ],
];

export const accepted: readonly Accepted[] = [
  ['a path below another, whose longer prefix wins', onOneHost({ grafana: '/prometheus/boards' })],
  ['a server on the whole host', onOneHost({ grafana: '/' })],
  ['a server below the API', onOneHost({ grafana: '/audio/boards' })],
  ['the path of a Flower that has no route', onOneHost({ grafana: '/flower' })],
  [
    'the path of the API on another host',
    {
      ...servers,
      ...gateway,
      ...global({ host: 'a.example', prefixes: { grafana: '/audio' } }),
      monitoring: open('grafana'),
    },
  ],
  [
    'an Issuer in the namespace of the servers',
    behindIngress({ tls: { issuer: { name: 'mine', kind: 'Issuer' } } }, global({ host: 'a.example' })),
  ],
];
