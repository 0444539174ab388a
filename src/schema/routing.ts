import { annotations, objectName, optionalDuration } from './fragments.ts';
import { boolean, integer, map, object, override, type Schema, string } from './kit.ts';

const dnsName = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
const segments = '/[A-Za-z0-9_~-][A-Za-z0-9._~-]*';
const network = '(\\*|[0-9.]{7,15}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(/[0-9]{1,3})?';

/** A prefix of a URL's path. What the pattern allows beyond `/x` is refused by a validation of the chart, with the remedy. */
function prefix(description: string, value: string): Schema {
  return string(description, value, { pattern: `^(${segments})*/?$` });
}

/** One Gateway, or one of its listeners, that the HTTPRoute attaches to. */
const parentRef: Schema = override(
  object('A Gateway to attach to. The key is its name; every field is optional.', {
    name: objectName(
      'Name of the Gateway (`parentRefs.name`), where the key is not its name: for two listeners of one Gateway.',
    ),
    namespace: objectName(
      'Namespace of the Gateway (`parentRefs.namespace`); absent for that of the release.',
    ),
    kind: string('Kind of the parent (`parentRefs.kind`).', 'Gateway', { enum: ['Gateway', 'ListenerSet'] }),
    sectionName: objectName(
      'Listener of the Gateway (`parentRefs.sectionName`); absent for all that allow the route.',
    ),
    port: integer('Port of the listeners to attach to (`parentRefs.port`); absent for all.', 443, {
      minimum: 1,
      maximum: 65535,
    }),
  }),
);

/** Access to the service from outside the cluster: the only place of its host and its paths. */
export const routingSection: Schema = object(
  'Access from outside the cluster. There is none until a host and a Gateway or an Ingress are set.',
  {
    host: string(
      'DNS name of the service (`hostnames` of the HTTPRoute, `host` of the Ingress); empty for no route.',
      '',
      {
        pattern: `^(${dnsName})?$`,
        maxLength: 253,
        examples: ['ml-service.example.com'],
      },
    ),
    scheme: string(
      'Scheme of the URLs that NOTES prints; empty takes `http` for an Ingress without TLS, otherwise `https`.',
      '',
      { pattern: '^(https?)?$' },
    ),
    paths: object('URL paths of the components on the host. No path may be below another.', {
      api: prefix(
        'Path of the API (`path` of the route), which is removed from its requests (UVICORN_ROOT_PATH); `/` is the whole host.',
        '/audio',
      ),
      flower: prefix('Path of Flower (`--url_prefix`), which is kept in its requests.', '/flower'),
    }),
    public: object('What is accessible from outside besides the API.', {
      flower: boolean(
        'Add Flower to the HTTPRoute or Ingress. Flower before 2.2.0 accepts a forged request of a logged-in user (CVE-2022-51020).',
        false,
      ),
      metrics: boolean('Add the metrics of the API and of Flower to the HTTPRoute or Ingress.', false),
    }),
    trustedProxies: map(
      'Addresses or networks (CIDR) of the Gateway or Ingress controller, whose `X-Forwarded-For` the API trusts (FORWARDED_ALLOW_IPS); the rate limit counts by client.',
      object('Empty: the key is the network.', {}),
      { keys: `^${network}$`, examples: [{ '10.244.0.0/16': {} }] },
    ),
    gateway: object('Gateway API: one HTTPRoute. TLS is configured at the listeners of the Gateway.', {
      parentRefs: map(
        'Gateways of the HTTPRoute by name (`parentRefs`); without one there is no route.',
        parentRef,
        {
          keys: `^${dnsName}$`,
          examples: [{ public: { namespace: 'gateways' } }],
        },
      ),
      requestTimeout: optionalDuration(
        'Request timeout (`timeouts.request`), an extended feature of Gateway API; empty for the default of the Gateway (15s for Envoy).',
      ),
      annotations: annotations('Annotations of the HTTPRoute (`metadata.annotations`).'),
    }),
    ingress: object(
      'Ingress, for clusters without Gateway API. A plain Ingress cannot rewrite a path: the API then needs `/`.',
      {
        enabled: boolean('Create the Ingress.', false),
        className: objectName('IngressClass (`ingressClassName`); empty for the cluster default.'),
        preset: string(
          'How the controller rewrites a path: `traefik` with Middlewares, `haproxy` with annotations of HAProxy Technologies, `plain` not at all.',
          'plain',
          { enum: ['plain', 'traefik', 'haproxy'] },
        ),
        annotations: annotations(
          'Annotations of every Ingress (`metadata.annotations`), including that of `monitoring.public`.',
        ),
        tls: object('TLS of the Ingress, with an existing Secret or one that cert-manager writes.', {
          secret: objectName('Secret with `tls.crt` and `tls.key` (`tls.secretName`).'),
          issuer: object('Issuer of cert-manager; the chart creates the Certificates.', {
            name: objectName('Name of the issuer (`issuerRef.name`); empty for no Certificate.'),
            kind: string('Kind of the issuer (`issuerRef.kind`).', 'ClusterIssuer', { minLength: 1 }),
            group: string('API group of the issuer (`issuerRef.group`).', 'cert-manager.io', {
              minLength: 1,
            }),
          }),
        }),
      },
    ),
  },
);
