import { describe, expect, test } from 'vitest';
import { container, fileOf, prometheusConfig, serverOf, servers } from './servers-support.ts';
import { envOf, longRelease } from './support.ts';

describe.each(servers)('the subchart %s', (server) => {
  test.each([
    ['audio-processor', {}, server],
    ['second', {}, `second-${server}`],
    ['second', { global: { monitoring: { unprefixedRelease: 'second' } } }, server],
    ['second', { fullnameOverride: 'mine' }, 'mine'],
  ])('release %s with %j is called %s', async (release, values, name) => {
    const { workloads, services } = await serverOf(server, values, release);
    expect(workloads.map(({ metadata }) => metadata.name)).toEqual([name]);
    expect(services.map(({ metadata }) => metadata.name)).toEqual([`${name}-service`]);
  });

  test('cuts names that are too long, and keeps them apart', async () => {
    const names = async (release: string) =>
      (await serverOf(server, {}, release)).objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    const all = [...(await names(longRelease)), ...(await names(`${longRelease.slice(0, -1)}s`))];
    expect(new Set(all).size).toBe(all.length);
    for (const name of all) expect(name.replace(/^.*\//, '').length).toBeLessThanOrEqual(63);
  });

  test('is in the namespace of monitoring, or in that of the release', async () => {
    const namespaces = async (namespace: string) => {
      const { objects } = await serverOf(server, { global: { monitoring: { namespace } } });
      return new Set(objects.map(({ metadata }) => metadata.namespace));
    };
    expect(await namespaces('monitoring')).toEqual(new Set(['monitoring']));
    expect(await namespaces('')).toEqual(new Set([undefined]));
  });

  test.each([true, false])(
    'deletes the pod before it starts the next one, where it has a claim: %s',
    async (enabled) => {
      const { objects, workloads } = await serverOf(server, { persistence: { enabled, size: '64Mi' } });
      const strategy = enabled ? 'Recreate' : 'RollingUpdate';
      expect(workloads.map(({ spec }) => spec.strategy?.type)).toEqual([strategy]);
      expect(objects.filter(({ kind }) => kind === 'PersistentVolumeClaim').length).toBe(enabled ? 1 : 0);
    },
  );

  test('keeps its claim when it is uninstalled', async () => {
    const { objects } = await serverOf(server, { persistence: { enabled: true } });
    const claim = objects.find(({ kind }) => kind === 'PersistentVolumeClaim');
    expect(claim?.metadata.annotations).toEqual({ 'helm.sh/resource-policy': 'keep' });
  });

  test('is not restarted by a new version of the chart or of its labels', async () => {
    const { workloads } = await serverOf(server);
    const { annotations = {} } = workloads[0]?.spec.template.metadata ?? {};
    for (const value of Object.values(annotations)) expect(value).toMatch(/^[0-9a-f]{16}$/);
  });
});

/** What a prefix means: the path before any other, and the whole URL. */
const prefixes = [
  ['', ''],
  ['/', ''],
  ['/x', '/x'],
  ['/x/', '/x'],
] as const;

describe.each(prefixes)('with the prefix "%s"', (prefix, path) => {
  const values = (...of: readonly string[]) => ({
    global: {
      monitoring: {
        host: 'monitoring.example.com',
        prefixes: Object.fromEntries(of.map((server) => [server, prefix])),
      },
    },
  });

  test('Prometheus answers, is requested and scrapes itself there', async () => {
    const rendering = await serverOf('prometheus', values('prometheus', 'alertmanager'));
    const { args = [], readinessProbe, livenessProbe, startupProbe } = container(rendering);
    expect(args).toContain(`--web.external-url=https://monitoring.example.com${path}`);
    expect(args).toContain(`--web.route-prefix=${path === '' ? '/' : path}`);
    expect(readinessProbe.httpGet?.path).toBe(`${path}/-/ready`);
    expect([livenessProbe, startupProbe].map(({ httpGet }) => httpGet?.path)).toEqual([
      `${path}/-/healthy`,
      `${path}/-/healthy`,
    ]);
    expect(prometheusConfig(rendering)).toMatchObject({
      scrape_configs: [
        { job_name: 'prometheus', metrics_path: `${path}/metrics` },
        { job_name: 'alertmanager', metrics_path: `${path}/metrics` },
      ],
      alerting: { alertmanagers: [{ path_prefix: `${path}/` }] },
    });
  });
});

describe.each(prefixes)('with the prefix "%s"', (prefix, path) => {
  const values = (server: string) => ({
    global: { monitoring: { host: 'monitoring.example.com', prefixes: { [server]: prefix } } },
  });

  test('Alertmanager answers and is requested there', async () => {
    const rendering = await serverOf('alertmanager', values('alertmanager'));
    const { args, readinessProbe, livenessProbe } = container(rendering);
    expect(args).toContain(`--web.external-url=https://monitoring.example.com${path}`);
    expect(args).toContain(`--web.route-prefix=${path === '' ? '/' : path}`);
    expect(readinessProbe.httpGet?.path).toBe(`${path}/-/ready`);
    expect(livenessProbe.httpGet?.path).toBe(`${path}/-/healthy`);
  });

  test('Grafana answers there, and queries Prometheus under the prefix of that', async () => {
    const env = envOf(container(await serverOf('grafana', values('grafana'))));
    expect(env).toMatchObject({
      GF_SERVER_ROOT_URL: `https://monitoring.example.com${path}/`,
      GF_SERVER_SERVE_FROM_SUB_PATH: String(path !== ''),
    });
    const { configMaps } = await serverOf('grafana', values('prometheus'));
    expect(fileOf(configMaps, 'datasources.yaml')).toMatchObject({
      datasources: [{ uid: 'prometheus', url: `http://prometheus-service.ml-service.svc:9090${path}` }],
    });
  });
});
