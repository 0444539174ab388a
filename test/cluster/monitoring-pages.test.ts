import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Visit, type VisitOptions, withBrowser } from '../../checks/cluster/browser.ts';
import { gatewayName } from '../../lab/services/gateway-manifests.ts';
import { withForward } from '../../src/deploy/forward.ts';
import { ensureNamespace } from '../../src/deploy/namespace.ts';
import { readSecret } from '../../src/deploy/secrets.ts';
import { kubectl } from '../../src/kubernetes/kubectl.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { ensureDebianPackages } from '../../src/tools/debian.ts';
import { program } from '../../src/tools/programs.ts';
import { shell } from '../support/cli.ts';
import { commandsFor } from '../support/documented-commands.ts';
import { gateway, gatewayDown, gatewayUp } from './support/gateway.ts';
import { requestAs } from './support/http.ts';
import { cluster, labInstance, namespace, upWith } from './support/service.ts';

const host = 'monitoring.example.com';
const secret = 'monitoring-web';
const auth = { existingSecret: secret };
const routed = {
  global: { monitoring: { host } },
  monitoring: { public: { prometheus: true, alertmanager: true } },
  prometheus: { auth, alertmanager: auth },
  alertmanager: { auth },
  routing: {
    host: 'ml-service.example.com',
    gateway: { parentRefs: { [gatewayName]: { namespace: gateway.namespace } } },
  },
};

const remove = () =>
  kubectl(cluster(), ['delete', 'secret', secret, '--namespace', namespace, '--ignore-not-found']);

beforeAll(async () => {
  await gatewayUp();
  await ensureDebianPackages(['apache2-utils']);
  await ensureNamespace(cluster(), namespace);
  await remove();
  const [command = ''] = await commandsFor('docs/monitoring.md', 'test/cluster/monitoring-pages.test.ts');
  const PATH = `${dirname(await program('kubectl'))}:${process.env.PATH}`;
  const { exitCode, stderr } = await shell(command, {
    env: { PATH, KUBECONFIG: labInstance().kubeconfig },
  });
  expect(exitCode, stderr).toBe(0);
  await upWith(routed);
});

afterAll(async () => {
  await gatewayDown();
  await upWith({});
  await remove();
});

const login = async () => {
  const { username = '', password = '' } = await readSecret(cluster(), namespace, secret);
  return { username, password };
};

const basic = (password: string) => `Basic ${Buffer.from(`ops:${password}`).toString('base64')}`;

/** Status of a path of the monitoring's host, through Envoy. */
async function statusOf(url: string, path: string, password?: string): Promise<number> {
  const headers = password === undefined ? {} : { authorization: basic(password) };
  return (await requestAs(url, { host, path, headers })).status;
}

/** Calls `use` with Envoy's address, once both servers answer through it. */
async function throughEnvoy<T>(use: (url: string, password: string) => Promise<T>): Promise<T> {
  const { password } = await login();
  return withForward(cluster(), gateway, async (url) => {
    await waitFor(
      'both servers through Envoy',
      async () => {
        const paths = ['/prometheus/-/ready', '/alertmanager/-/ready'];
        const observed = await Promise.all(paths.map((path) => statusOf(url, path, password)));
        return observed.every((status) => status === 200) ? { value: true } : { observed: `${observed}` };
      },
      { deadlineMs: 90_000, everyMs: 500 },
    );
    return use(url, password);
  });
}

/** Opens a page of the monitoring's host in Chromium. */
async function open(path: string, options: Omit<VisitOptions, 'credentials'>): Promise<Visit> {
  const credentials = await login();
  return throughEnvoy((url) =>
    withBrowser((visit) => visit(`http://${host}:${new URL(url).port}${path}`, { ...options, credentials })),
  );
}

it('nobody gets in without the password, and nothing else is on the host', async () => {
  await throughEnvoy(async (url, password) => {
    for (const server of ['/prometheus', '/alertmanager']) {
      for (const path of ['/', '/-/ready', '/metrics', '/api/v2/status', '/api/v1/query?query=up']) {
        expect(await statusOf(url, `${server}${path}`), server + path).toBe(401);
      }
      expect(await statusOf(url, `${server}/-/ready`, 'guessed')).toBe(401);
    }
    for (const path of ['/', '/grafana/', '/audio/health', '/prometheusx/']) {
      expect(await statusOf(url, path, password), path).toBe(404);
    }
  });
});

describe.each(['/prometheus', '/prometheus/'])('the page %s', (path) => {
  it('is Prometheus, whole', async () => {
    const observed = await open(path, { until: 'Enter expression' });
    expect(observed.faults).toEqual([]);
    expect(new URL(observed.url).pathname).toBe('/prometheus/query');
    expect(observed.title).toContain('Prometheus');
  });
});

/** Names of the alerts that Alertmanager holds, through Envoy. */
async function alertsHeld(url: string, password: string): Promise<readonly string[]> {
  const path = '/alertmanager/api/v2/alerts';
  const { body } = await requestAs(url, { host, path, headers: { authorization: basic(password) } });
  const alerts = JSON.parse(body) as readonly { readonly labels: { readonly alertname: string } }[];
  return alerts.map(({ labels }) => labels.alertname);
}

describe.each(['/alertmanager', '/alertmanager/'])('the page %s', (path) => {
  // Prometheus sends an alert again a minute after no Alertmanager answered: both servers have just started.
  beforeAll(() =>
    throughEnvoy((url, password) =>
      waitFor(
        'the alert that always fires in Alertmanager',
        async () => {
          const held = await alertsHeld(url, password);
          return held.includes('Watchdog')
            ? { value: undefined }
            : { observed: held.join(', ') || 'no alert' };
        },
        { deadlineMs: 150_000, everyMs: 1000 },
      ),
    ),
  );

  it('serves the page of Alertmanager with all its files, and the alert that always fires', async () => {
    const observed = await open(path, { until: 'Watchdog' });
    expect(observed.faults).toEqual([]);
    expect(new URL(observed.url).pathname).toBe('/alertmanager/');
    expect(observed.title).toBe('Alertmanager');
  });
});

const jobs = ['audio-api', 'audio-broker', 'audio-worker', 'kubelet-cadvisor', 'prometheus'];

/** Prometheus' targets, read through Envoy: job and, last, whether it is up. */
async function targets(url: string, password: string): Promise<readonly (readonly [string, string])[]> {
  const path = '/prometheus/api/v1/query?query=up';
  const { body } = await requestAs(url, { host, path, headers: { authorization: basic(password) } });
  const { data } = JSON.parse(body) as {
    readonly data: { readonly result: readonly { metric: { job: string }; value: [number, string] }[] };
  };
  return data.result.map(({ metric, value }) => [metric.job, value[1]]);
}

it('every job is up, Prometheus itself among them, and the page of the targets names it', async () => {
  await throughEnvoy((url, password) =>
    waitFor(
      'every target of every job to be up',
      async () => {
        const found = await targets(url, password);
        const missing = jobs.filter((job) => !found.some(([name]) => name === job));
        const right = missing.length === 0 && found.every(([, up]) => up === '1');
        return right ? { value: true } : { observed: `${JSON.stringify(found)}; without ${missing}` };
      },
      { deadlineMs: 90_000, everyMs: 1000 },
    ),
  );
  const { text, faults } = await open('/prometheus/targets', { until: 'kubelet-cadvisor' });
  expect(faults).toEqual([]);
  for (const job of jobs) expect(text).toContain(job);
});
