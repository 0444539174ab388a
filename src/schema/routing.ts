import { annotations, objectName, optionalDuration } from './fragments.ts';
import { boolean, integer, map, object, override, type Schema, string } from './kit.ts';

const dnsName = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
const segments = '/[A-Za-z0-9_~-][A-Za-z0-9._~-]*';
const network = '(\\*|[0-9.]{7,15}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(/[0-9]{1,3})?';

/** A prefix of a URL's path. The forms that the pattern allows beyond `/x` are answered by a rule, with the remedy. */
function prefix(description: string, value: string): Schema {
  return string(description, value, { pattern: `^(${segments})*/?$` });
}

/** One Gateway, or one of its listeners, that the HTTPRoute is attached to. */
const parentRef: Schema = override(
  object('A Gateway to attach to. The key is its name; every field may be absent.', {
    name: objectName('Name of the Gateway, where the key is a free name: two listeners of one Gateway.'),
    namespace: objectName("Namespace of the Gateway; absent for the release's own."),
    kind: string('Kind of the parent.', 'Gateway', { enum: ['Gateway', 'ListenerSet'] }),
    sectionName: objectName('Listener of the Gateway; absent for all that admit the route.'),
    port: integer('Port of the listeners to attach to; absent for all.', 443, { minimum: 1, maximum: 65535 }),
  }),
);

/** How the service is reached from outside of the cluster: the only place of its host and its paths. */
export const routingSection: Schema = object(
  'How the service is reached from outside of the cluster. Nothing is, until a host and a Gateway or an Ingress are set.',
  {
    host: string('DNS name under which the service is reached; empty for no route at all.', '', {
      pattern: `^(${dnsName})?$`,
      maxLength: 253,
      examples: ['ml-service.example.com'],
    }),
    scheme: string(
      'Scheme of the URLs that are printed; empty takes `http` for an Ingress without TLS, otherwise `https`.',
      '',
      { pattern: '^(https?)?$' },
    ),
    paths: object('Where the components are on the host. No path may lie below another.', {
      api: prefix('Path of the API, which sees its requests without it; `/` is the whole host.', '/audio'),
      flower: prefix('Path of Flower, which knows it and keeps it.', '/flower'),
    }),
    public: object('What is reachable from outside besides the API.', {
      flower: boolean(
        'Whether Flower is, too. Flower before 2.2 takes a forged request of a logged-in user (CVE-2022-51020).',
        false,
      ),
      metrics: boolean('Whether the metrics of the API and of Flower are, too.', false),
    }),
    trustedProxies: map(
      'Addresses or networks (CIDR) of the Gateway or Ingress controller. Only these may say which client asks; the rate limit counts by client.',
      object('Nothing to set: the network is the key.', {}),
      { keys: `^${network}$`, examples: [{ '10.244.0.0/16': {} }] },
    ),
    gateway: object('Gateway API: one HTTPRoute. TLS belongs to the listeners of the Gateway.', {
      parentRefs: map('Gateways that take the HTTPRoute, by name; at least one makes the route.', parentRef, {
        keys: `^${dnsName}$`,
        examples: [{ public: { namespace: 'gateways' } }],
      }),
      requestTimeout: optionalDuration(
        "Longest time of one request, an extended feature of Gateway API; empty leaves it to the Gateway (Envoy's own is 15s).",
      ),
      annotations: annotations('Annotations of the HTTPRoute.'),
    }),
    ingress: object(
      'Ingress, for clusters without Gateway API. A plain Ingress cannot strip a path: there the API takes `/`.',
      {
        enabled: boolean('Whether there is an Ingress.', false),
        className: objectName('IngressClass; empty for the cluster default.'),
        preset: string(
          'What the controller needs to strip a path. `traefik`: Middlewares. `haproxy`: annotations of HAProxy Technologies. `plain`: nothing.',
          'plain',
          { enum: ['plain', 'traefik', 'haproxy'] },
        ),
        annotations: annotations('Annotations of every Ingress, that of `monitoring.public` as well.'),
        tls: object('TLS of the Ingress: a Secret of yours, or one that cert-manager fills.', {
          secret: objectName(
            'Secret with `tls.crt` and `tls.key`; it must exist, or something else makes it.',
          ),
          issuer: object('Issuer of cert-manager; the chart makes the Certificates.', {
            name: objectName('Name of the issuer; empty for no Certificate.'),
            kind: string('Kind of the issuer.', 'ClusterIssuer', { minLength: 1 }),
            group: string('API group of the issuer.', 'cert-manager.io', { minLength: 1 }),
          }),
        }),
      },
    ),
  },
);
