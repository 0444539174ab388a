import { describe, expect, test } from 'vitest';
import { host, type IngressSpec, ingress, ofKind, plain } from './routing-support.ts';
import { overlay } from './support.ts';

describe('the Ingress', () => {
  test('takes the whole host without help of the controller, and sets nothing else', async () => {
    const [object] = await ofKind<IngressSpec>('Ingress', ingress({}, plain));
    expect(object?.metadata).not.toHaveProperty('annotations');
    expect(object?.spec).toEqual({
      rules: [
        {
          host,
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: 'audio-processor-service', port: { number: 8000 } } },
              },
            ],
          },
        },
      ],
    });
  });

  test('hands class and annotations on', async () => {
    const annotations = { 'example.com/owner': 'platform' };
    const [object] = await ofKind<IngressSpec>(
      'Ingress',
      ingress({ className: 'contour', annotations }, plain),
    );
    expect(object?.spec.ingressClassName).toBe('contour');
    expect(object?.metadata.annotations).toEqual(annotations);
  });

  test('uses a Secret of the user, and no Certificate', async () => {
    const options = ingress({ tls: { secret: 'mine' } }, plain);
    const [object] = await ofKind<IngressSpec>('Ingress', options);
    expect(object?.spec.tls).toEqual([{ hosts: [host], secretName: 'mine' }]);
    expect(await ofKind('Certificate', options)).toEqual([]);
  });

  test('uses the Secret that the Certificate of an issuer fills', async () => {
    const issuer = { name: 'letsencrypt', kind: 'Issuer' };
    const options = ingress({ tls: { issuer } }, plain);
    const [object] = await ofKind<IngressSpec>('Ingress', options);
    const [certificate] = await ofKind<object>('Certificate', options);
    expect(object?.spec.tls).toEqual([{ hosts: [host], secretName: 'ml-service-tls' }]);
    expect(certificate?.spec).toEqual({
      secretName: 'ml-service-tls',
      dnsNames: [host],
      issuerRef: { ...issuer, group: 'cert-manager.io' },
    });
  });
});

describe('the Ingress of Flower', () => {
  test('has a separate Ingress, which strips nothing', async () => {
    const options = {
      values: {
        flower: { enabled: true },
        routing: { host, public: { flower: true }, ingress: { enabled: true, preset: 'haproxy' } },
      },
    };
    const objects = await ofKind<IngressSpec>('Ingress', options);
    const own = objects.find(({ metadata }) => metadata.name === 'flower-ingress');
    expect(own?.metadata.annotations).toEqual({
      'haproxy.org/path-rewrite': '^/flower/metrics/?$ /not-public',
    });
    expect(own?.spec.rules[0]?.http.paths).toMatchObject([
      { path: '/flower', backend: { service: { name: 'flower-service' } } },
    ]);
  });
});

describe('the preset traefik', () => {
  test('chains Middlewares that exist: what the user named, hiding, stripping', async () => {
    const options = { namespace: 'audio', valuesFiles: [overlay('all-features')] };
    const ingresses = await ofKind<IngressSpec>('Ingress', options);
    const object = ingresses.find(({ metadata }) => metadata.name === 'ml-service-ingress');
    const middlewares = await ofKind<object>('Middleware', options);
    const chain = object?.metadata.annotations?.['traefik.ingress.kubernetes.io/router.middlewares'];
    const own = middlewares.map(({ metadata }) => `audio-${metadata.name}@kubernetescrd`);
    expect(chain?.split(',')).toEqual(['gateways-headers@kubernetescrd', ...own]);
    expect(middlewares.map(({ spec }) => spec)).toEqual([
      { replacePathRegex: { regex: expect.stringMatching(/^\^\(\/audio/), replacement: '/not-public' } },
      { stripPrefix: { prefixes: ['/audio'] } },
    ]);
  });

  test('hides the metrics at the end of the path only, and a dot is a dot', async () => {
    const [hide] = await ofKind<{ replacePathRegex: { regex: string } }>(
      'Middleware',
      ingress({ preset: 'traefik' }, { paths: { api: '/v1.0' } }),
    );
    const regex = new RegExp(hide?.spec.replacePathRegex.regex ?? '');
    for (const path of ['/v1.0/metrics', '/v1.0/metrics/']) expect(path).toMatch(regex);
    for (const path of ['/v1x0/metrics', '/v1.0/metrics.txt', '/x/v1.0/metrics'])
      expect(path).not.toMatch(regex);
  });

  test('needs no Middleware for a whole host with public metrics', async () => {
    const options = ingress({ preset: 'traefik' }, plain);
    expect(await ofKind('Middleware', options)).toEqual([]);
    expect((await ofKind('Ingress', options))[0]?.metadata).not.toHaveProperty('annotations');
  });
});

describe('the preset haproxy', () => {
  test('rewrites what is hidden to nowhere, and strips the rest once', async () => {
    const [object] = await ofKind<IngressSpec>('Ingress', ingress({ preset: 'haproxy' }));
    const lines = object?.metadata.annotations?.['haproxy.org/path-rewrite']?.split('\n') ?? [];
    const rewrite = (path: string) =>
      lines.reduce((now, line) => {
        const [pattern = '', format = ''] = line.split(' ');
        return now.replace(new RegExp(pattern), format.replace('\\1', '$1'));
      }, path);
    expect(['/audio', '/audio/', '/audio/task/1', '/audio/audio/x'].map(rewrite)).toEqual([
      '/',
      '/',
      '/task/1',
      '/audio/x',
    ]);
    expect(['/audio/metrics', '/audio/metrics/'].map(rewrite)).toEqual(['/not-public', '/not-public']);
  });
});
