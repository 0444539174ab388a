import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addresses } from '../../lab/cluster/addresses.ts';
import { gatewayName, ingressClass } from '../../lab/services/gateway-manifests.ts';
import { helm } from '../../src/chart/helm.ts';
import { upgradeInstall } from '../../src/chart/release.ts';
import { withForward } from '../../src/deploy/forward.ts';
import { readSecret } from '../../src/deploy/secrets.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { program } from '../../src/tools/programs.ts';
import { mergeValues, type ValueMap } from '../../src/values/merge.ts';
import { shell } from '../support/cli.ts';
import { commandsFor } from '../support/documented-commands.ts';
import { gateway, gatewayDown, gatewayUp } from './support/gateway.ts';
import { type Answer, requestAs } from './support/http.ts';
import { cluster, labInstance, namespace, upWith } from './support/service.ts';

const host = 'ml-service.example.com';
const flower = { enabled: true };

/** `kubectl port-forward` ends on the loopback of Envoy's pod, as a load balancer in front of it would. */
const trustedProxies = { [addresses.podsOfNode]: {}, '127.0.0.0/8': {} };

const byGateway = {
  flower,
  routing: {
    host,
    trustedProxies,
    public: { flower: true },
    gateway: { parentRefs: { [gatewayName]: { namespace: gateway.namespace } }, requestTimeout: '1h' },
  },
};

/** The same release, on a separate host by a plain Ingress, without trusted proxies. */
const byIngress = {
  routing: {
    trustedProxies: Object.fromEntries(Object.keys(trustedProxies).map((network) => [network, null])),
    paths: { api: '/' },
    public: { metrics: true },
    gateway: { parentRefs: { [gatewayName]: null }, requestTimeout: '' },
    ingress: { enabled: true, className: ingressClass },
  },
};

beforeAll(async () => {
  await gatewayUp();
  await upWith(byGateway);
});

afterAll(gatewayDown);

/** Calls `use` with a function that requests the service through Envoy, once the route answers. */
async function throughEnvoy<T>(
  path: string,
  use: (
    get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Answer>,
    url: string,
  ) => Promise<T>,
): Promise<T> {
  return withForward(cluster(), gateway, async (url) => {
    const get = (path: string, headers = {}) => requestAs(url, { host, path, headers });
    await waitFor(
      `${path} through Envoy`,
      async () => {
        const { status, body } = await get(path);
        return status === 200 ? { value: undefined } : { observed: `${status} ${body.slice(0, 200)}` };
      },
      { deadlineMs: 60_000, everyMs: 500 },
    );
    return use(get, url);
  });
}

async function flowerCredentials(): Promise<Readonly<Record<string, string>>> {
  const { FLOWER_BASIC_AUTH = '' } = await readSecret(cluster(), namespace, 'ml-service-secrets');
  return { authorization: `Basic ${Buffer.from(FLOWER_BASIC_AUTH).toString('base64')}` };
}

/** Sends what the API refuses with 400, and counts, until the rate limit answers 429 or 25 were sent. */
async function untilLimited(url: string, path: string, forwardedFor: string): Promise<readonly number[]> {
  const statuses: number[] = [];
  while (statuses.at(-1) !== 429 && statuses.length < 25) {
    const headers = { 'x-forwarded-for': forwardedFor };
    statuses.push((await requestAs(url, { host, path, headers, body: { video_id: 'without-uri' } })).status);
  }
  return statuses;
}

describe('by an HTTPRoute', () => {
  it('the Gateway takes the route', async () => {
    const [command = ''] = await commandsFor('docs/routing.md', 'test/cluster/routing.test.ts');
    const PATH = `${dirname(await program('kubectl'))}:${process.env.PATH}`;
    const env = { PATH, KUBECONFIG: labInstance().kubeconfig };
    await waitFor(
      'the route to be accepted',
      async () => {
        const { stdout, stderr } = await shell(command, { env });
        const printed = stdout.trim().split(' ').sort().join(' ');
        return printed === `Accepted=True ResolvedRefs=True ${gatewayName}`
          ? { value: true }
          : { observed: stdout + stderr };
      },
      { deadlineMs: 60_000, everyMs: 500 },
    );
  });

  it('the API answers below its path, and its pages request paths that exist', async () => {
    await throughEnvoy('/audio/health', async (get) => {
      expect(JSON.parse((await get('/audio/health')).body)).toMatchObject({ status: 'healthy' });
      const page = await get('/audio/docs');
      const document = /url: '([^']+)'/.exec(page.body)?.[1];
      expect(document).toBe('/audio/openapi.json');
      const { servers, paths } = JSON.parse((await get(document ?? '')).body);
      expect(servers).toEqual([{ url: '/audio' }]);
      expect(Object.keys(paths)).toContain('/process');
      expect((await get('/audio')).status).toBe(200);
      for (const path of ['/', '/health', '/audiox', '/docs'])
        expect((await get(path)).status, path).toBe(404);
    });
  });

  it('Flower answers below its path, with credentials only', async () => {
    await throughEnvoy('/audio/health', async (get) => {
      expect((await get('/flower/')).status).toBe(401);
      const page = await get('/flower/', await flowerCredentials());
      expect(page.status).toBe(200);
      expect(page.body).toContain('/flower/static/');
    });
  });

  it('the metrics stay inside', async () => {
    await throughEnvoy('/audio/health', async (get) => {
      for (const path of [
        '/audio/metrics',
        '/audio/metrics/',
        '/audio/%6detrics',
        '/audio/x/../metrics',
        '/flower/metrics',
      ]) {
        const { status, body } = await get(path, await flowerCredentials());
        expect(status, path).toBe(404);
        expect(body).not.toContain('# TYPE');
      }
    });
  });

  it('the rate limit counts each client behind a trusted proxy, by what the client did not write', async () => {
    await throughEnvoy('/audio/health', async (_get, url) => {
      const first = await untilLimited(url, '/audio/process', '198.51.100.1');
      expect(first.slice(0, 10)).toEqual(Array(10).fill(400));
      expect(first.at(-1)).toBe(429);
      expect((await untilLimited(url, '/audio/process', '203.0.113.9, 198.51.100.1')).at(0)).toBe(429);
      expect((await untilLimited(url, '/audio/process', '198.51.100.2')).at(0)).toBe(400);
    });
  });
});

describe('by a plain Ingress', () => {
  beforeAll(async () => {
    const release = { ...cluster(), release: 'audio-processor', namespace };
    const where = ['--namespace', namespace, '--kubeconfig', labInstance().kubeconfig, '--output', 'json'];
    const { stdout } = await helm(['get', 'values', release.release, ...where], {}, 30_000);
    await upgradeInstall({ ...release, values: mergeValues(JSON.parse(stdout) as ValueMap, [byIngress]) });
  });

  it('the API has the host, and Flower its path', async () => {
    await throughEnvoy('/health', async (get) => {
      expect((await get('/docs')).body).toContain("url: '/openapi.json'");
      expect((await get('/flower/')).status).toBe(401);
      expect((await get('/flower/', await flowerCredentials())).status).toBe(200);
      expect((await get('/audio/health')).status).toBe(404);
    });
  });

  it('the rate limit counts all clients as one where no proxy is trusted', async () => {
    await throughEnvoy('/openapi.json', async (_get, url) => {
      expect((await untilLimited(url, '/process', '198.51.100.3')).at(-1)).toBe(429);
      expect((await untilLimited(url, '/process', '198.51.100.4')).at(0)).toBe(429);
    });
  });
});
