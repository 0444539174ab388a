import { describe, expect, test } from 'vitest';
import type { RenderOptions } from '../../src/chart/helm.ts';
import { gateway, host, ingress, ofKind, plain } from './routing-support.ts';
import { envOf, notes, overlay, render } from './support.ts';

interface Rule {
  readonly matches: readonly { readonly path: { readonly type: string; readonly value: string } }[];
  readonly filters?: readonly object[];
  readonly backendRefs: readonly { readonly name: string; readonly port: number }[];
  readonly timeouts?: object;
}

const rewriteTo = (path: object) => [{ type: 'URLRewrite', urlRewrite: { path } }];
const nowhere = rewriteTo({ type: 'ReplaceFullPath', replaceFullPath: '/not-public' });

async function routeOf(options: RenderOptions) {
  const [route] = await ofKind<{
    parentRefs: readonly object[];
    hostnames: readonly string[];
    rules: readonly Rule[];
  }>('HTTPRoute', options);
  if (route === undefined) throw new Error('no HTTPRoute');
  return route.spec;
}

/** What the API learns about the proxy before it. */
async function proxyOf(options: RenderOptions) {
  const { UVICORN_ROOT_PATH, FORWARDED_ALLOW_IPS } = envOf(
    (await render(options)).container('audio-processor'),
  );
  return { rootPath: UVICORN_ROOT_PATH, trusted: FORWARDED_ALLOW_IPS };
}

test('without a host nothing is routed, and the API knows of no prefix and no proxy', async () => {
  const { objects } = await render();
  const kinds = objects.map(({ kind }) => kind);
  for (const kind of ['HTTPRoute', 'Ingress', 'Certificate', 'Middleware']) expect(kinds).not.toContain(kind);
  expect(await proxyOf({})).toEqual({ rootPath: undefined, trusted: undefined });
});

describe('the HTTPRoute', () => {
  test('strips the path of the API, and hides its metrics behind a more specific rule', async () => {
    const { hostnames, rules } = await routeOf(gateway());
    const backendRefs = [
      { group: '', kind: 'Service', name: 'audio-processor-service', port: 8000, weight: 1 },
    ];
    expect(hostnames).toEqual([host]);
    expect(rules).toEqual([
      {
        matches: [{ path: { type: 'PathPrefix', value: '/audio/metrics' } }],
        filters: nowhere,
        backendRefs,
      },
      {
        matches: [{ path: { type: 'PathPrefix', value: '/audio' } }],
        filters: rewriteTo({ type: 'ReplacePrefixMatch', replacePrefixMatch: '/' }),
        backendRefs,
      },
    ]);
  });

  test('shows the metrics where they are public', async () => {
    const { rules } = await routeOf(gateway({}, { public: { metrics: true } }));
    expect(rules.map(({ matches }) => matches[0]?.path.value)).toEqual(['/audio']);
  });

  test('strips nothing where the API has the whole host', async () => {
    const { rules } = await routeOf(gateway({}, { paths: { api: '/' } }));
    expect(rules.map(({ matches, filters }) => [matches[0]?.path.value, filters])).toEqual([
      ['/metrics', nowhere],
      ['/', undefined],
    ]);
    expect(await proxyOf(gateway({}, { paths: { api: '/' } }))).toMatchObject({ rootPath: undefined });
  });

  test('has one match in each rule, which Gateway API demands beside a prefix rewrite', async () => {
    for (const { matches } of (await routeOf({ valuesFiles: [overlay('all-features')] })).rules) {
      expect(matches).toHaveLength(1);
      expect(matches[0]?.path.type).toBe('PathPrefix');
    }
  });

  test('names its parents by key, or two listeners of one Gateway', async () => {
    const { parentRefs: parents } = await routeOf({ valuesFiles: [overlay('all-features')] });
    const common = {
      group: 'gateway.networking.k8s.io',
      kind: 'Gateway',
      name: 'public',
      namespace: 'gateways',
    };
    expect(parents).toEqual([
      { ...common, sectionName: 'internal', port: 8443 },
      { ...common, sectionName: 'public' },
    ]);
  });

  test('limits the time of a request only where it is set', async () => {
    const { rules } = await routeOf(gateway({ requestTimeout: '1h' }));
    expect(rules.map(({ timeouts }) => timeouts)).toEqual([undefined, { request: '3600s' }]);
    for (const { timeouts } of (await routeOf(gateway())).rules) expect(timeouts).toBeUndefined();
  });

  test('follows the port and the name of the Service', async () => {
    const options = { ...gateway(), release: 'second' };
    const values = { ...options.values, api: { service: { port: 80 } } };
    const { rules } = await routeOf({ ...options, values });
    const { services } = await render({ ...options, values });
    const found = services.find(({ metadata }) => metadata.name === rules[0]?.backendRefs[0]?.name);
    expect(found?.spec.ports[0]?.port).toBe(80);
    expect(rules[0]?.backendRefs[0]?.port).toBe(80);
  });
});

describe('Flower', () => {
  const flower = { enabled: true };
  const withFlower = (routing: object) => ({ values: { flower, ...gateway({}, routing).values } });
  const exposed = { public: { flower: true } };

  test('is not routed unless it is enabled', async () => {
    const { rules } = await routeOf({ values: { flower, ...gateway().values } });
    expect(JSON.stringify(rules)).not.toContain('flower');
  });

  test('is routed with its prefix kept and its metrics hidden, to a port of its Service', async () => {
    const { services } = await render(withFlower(exposed));
    const { rules } = await routeOf(withFlower(exposed));
    const own = rules.filter(({ backendRefs }) => backendRefs[0]?.name === 'flower-service');
    expect(own.map(({ matches, filters }) => [matches[0]?.path.value, filters])).toEqual([
      ['/flower/metrics', nowhere],
      ['/flower', undefined],
    ]);
    const service = services.find(({ metadata }) => metadata.name === 'flower-service');
    expect(own.map(({ backendRefs }) => backendRefs[0]?.port)).toEqual([
      service?.spec.ports[0]?.port,
      service?.spec.ports[0]?.port,
    ]);
  });

  test('knows the path under which it is routed, and so do its probes and NOTES', async () => {
    const options = withFlower({ ...exposed, paths: { flower: '/tools/flower' } });
    const container = (await render(options)).container('flower');
    expect(envOf(container).FLOWER_URL_PREFIX).toBe('tools/flower');
    expect(container.readinessProbe.httpGet?.path).toBe('/tools/flower/healthcheck');
    expect(await notes(options)).toContain(`https://${host}/tools/flower/\n`);
    expect((await routeOf(options)).rules.at(-1)?.matches[0]?.path.value).toBe('/tools/flower');
  });
});

describe('what the API knows of the proxy', () => {
  test.each([
    ['an HTTPRoute', gateway()],
    ['an Ingress of Traefik', ingress({ preset: 'traefik' })],
    ['an Ingress of HAProxy', ingress({ preset: 'haproxy' })],
    ['both', gateway({}, { ingress: { enabled: true, preset: 'traefik' } })],
  ])('the path that %s strips', async (_title, options) => {
    expect(await proxyOf(options)).toMatchObject({ rootPath: '/audio' });
  });

  test('the probes keep their paths, which the kubelet requests without proxy', async () => {
    const { livenessProbe, readinessProbe } = (await render(gateway())).container('audio-processor');
    expect([livenessProbe.httpGet?.path, readinessProbe.httpGet?.path]).toEqual(['/', '/']);
  });

  test('whom to believe about the client', async () => {
    const trustedProxies = { '10.244.0.0/16': {}, '192.0.2.7': {}, 'fd00::/8': {} };
    const options = gateway({}, { trustedProxies });
    expect(await proxyOf(options)).toMatchObject({ trusted: '10.244.0.0/16,192.0.2.7,fd00::/8' });
  });

  test('may be set by the environment, where the route is made elsewhere', async () => {
    const env = { UVICORN_ROOT_PATH: '/elsewhere', FORWARDED_ALLOW_IPS: '192.0.2.0/24' };
    expect(await proxyOf({ values: { api: { env } } })).toEqual({
      rootPath: '/elsewhere',
      trusted: '192.0.2.0/24',
    });
  });
});

describe('NOTES', () => {
  test.each([
    ['https', gateway()],
    ['http', gateway({}, { scheme: 'http' })],
    ['http', ingress({}, plain)],
    ['https', ingress({}, { ...plain, scheme: 'https' })],
    ['https', ingress({ tls: { secret: 'mine' } }, plain)],
  ])('print the URL of the API: %s', async (scheme, options) => {
    const path = 'paths' in options.values.routing ? '' : '/audio';
    expect(await notes(options)).toContain(`\n  ${scheme}://${host}${path}/docs\n`);
  });

  test('warn as long as no proxy is trusted', async () => {
    expect(await notes(gateway())).toContain('counts all clients together as one');
    const trusted = gateway({}, { trustedProxies: { '10.0.0.0/8': {} } });
    expect(await notes(trusted)).not.toContain('counts all clients');
    expect(await notes({ values: {} })).not.toMatch(/^External access$/m);
  });
});
