import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { chartDirectory, lintChart, renderText } from '../../src/chart/helm.ts';
import { lawInput } from './laws/input.ts';
import { laws } from './laws/laws.ts';
import { renderedObjects } from './renders.ts';
import { type ConfigMap, longRelease, type Rendering, sorted } from './support.ts';

const servers = readdirSync(join(chartDirectory, 'charts'));
const chartOf = (server: string) => join(chartDirectory, 'charts', server);

/** One server without the parent chart. */
async function alone(server: string, values: object = {}, release = 'audio-processor'): Promise<Rendering> {
  return sorted(await renderedObjects({ chart: chartOf(server), values, release }));
}

/** The one pod's first container. */
const container = ({ workloads }: Rendering) => {
  const [workload] = workloads;
  if (workload === undefined) throw new Error('no workload');
  return workload.spec.template.spec.containers[0];
};

/** Laws that ask for more pods than one server has, or for those of the application. */
const ofTheService = [
  'runs under Pod Security `restricted`, with a numeric user and no token but that of Prometheus',
  'selects by name, instance, component and pool only, which no version changes',
  'shows cards to workers that hold one, and to no other container',
];

describe.each(servers)('the chart %s alone', (server) => {
  test('passes the linter, and renders to the same bytes twice', async () => {
    await lintChart({ chart: chartOf(server) });
    expect(await renderText({ chart: chartOf(server) })).toBe(await renderText({ chart: chartOf(server) }));
  });

  test('keeps the laws', async () => {
    const input = lawInput(await renderedObjects({ chart: chartOf(server) }));
    for (const [title, law] of Object.entries(laws)) if (!ofTheService.includes(title)) law(input);
  });

  test('renders nothing with `enabled: false`', async () => {
    expect((await alone(server, { enabled: false })).objects).toEqual([]);
  });

  test('refuses a value that it does not know', async () => {
    await expect(alone(server, { unknown: 1 })).rejects.toThrow('unknown');
    await expect(alone(server, { global: { monitoring: { unknown: 1 } } })).rejects.toThrow('unknown');
  });

  test.each([
    ['audio-processor', {}, server],
    ['second', {}, `second-${server}`],
    ['second', { global: { monitoring: { plainRelease: 'second' } } }, server],
    ['second', { fullnameOverride: 'mine' }, 'mine'],
  ])('release %s with %j is called %s', async (release, values, name) => {
    const { workloads, services } = await alone(server, values, release);
    expect(workloads.map(({ metadata }) => metadata.name)).toEqual([name]);
    expect(services.map(({ metadata }) => metadata.name)).toEqual([`${name}-service`]);
  });

  test('cuts names that are too long, and keeps them apart', async () => {
    const names = async (release: string) =>
      (await alone(server, {}, release)).objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    const all = [...(await names(longRelease)), ...(await names(`${longRelease.slice(0, -1)}s`))];
    expect(new Set(all).size).toBe(all.length);
    for (const name of all) expect(name.replace(/^.*\//, '').length).toBeLessThanOrEqual(63);
  });

  test('stands wholly in the namespace of monitoring, or in that of the release', async () => {
    const namespaces = async (namespace: string) => {
      const { objects } = await alone(server, { global: { monitoring: { namespace } } });
      return new Set(objects.map(({ metadata }) => metadata.namespace));
    };
    expect(await namespaces('monitoring')).toEqual(new Set(['monitoring']));
    expect(await namespaces('')).toEqual(new Set([undefined]));
  });

  test.each([true, false])(
    'replaces a pod by the next only after it is gone, where it has a claim: %s',
    async (enabled) => {
      const { objects, workloads } = await alone(server, { persistence: { enabled } });
      const strategy = enabled ? 'Recreate' : 'RollingUpdate';
      expect(workloads.map(({ spec }) => spec.strategy?.type)).toEqual([strategy]);
      expect(objects.filter(({ kind }) => kind === 'PersistentVolumeClaim').length).toBe(enabled ? 1 : 0);
    },
  );

  test('keeps its claim when it is uninstalled', async () => {
    const { objects } = await alone(server, { persistence: { enabled: true } });
    const claim = objects.find(({ kind }) => kind === 'PersistentVolumeClaim');
    expect(claim?.metadata.annotations).toEqual({ 'helm.sh/resource-policy': 'keep' });
  });

  test('is not restarted by a new version of the chart or of its labels', async () => {
    const { workloads } = await alone(server);
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

  test('Prometheus answers, is asked and looks at itself there', async () => {
    const rendering = await alone('prometheus', values('prometheus', 'alertmanager'));
    const { args = [], readinessProbe, livenessProbe, startupProbe } = container(rendering);
    expect(args).toContain(`--web.external-url=https://monitoring.example.com${path}`);
    expect(args).toContain(`--web.route-prefix=${path === '' ? '/' : path}`);
    expect(readinessProbe.httpGet?.path).toBe(`${path}/-/ready`);
    expect([livenessProbe, startupProbe].map(({ httpGet }) => httpGet?.path)).toEqual([
      `${path}/-/healthy`,
      `${path}/-/healthy`,
    ]);
    expect(prometheusConfig(rendering)).toMatchObject({
      scrape_configs: [{ metrics_path: `${path}/metrics` }],
      alerting: { alertmanagers: [{ path_prefix: `${path}/` }] },
    });
  });
});

describe('Prometheus', () => {
  test('gives its address in the cluster where there is no host', async () => {
    const rendering = await alone('prometheus', { global: { monitoring: { namespace: 'monitoring' } } });
    expect(container(rendering).args).toContain(
      '--web.external-url=http://prometheus-service.monitoring.svc:9090/prometheus',
    );
  });

  test('keeps samples by age, and by its share of the claim', async () => {
    const values = { persistence: { size: '10Gi' }, retention: { time: '4w', percent: 50 } };
    expect(prometheusConfig(await alone('prometheus', values))).toMatchObject({
      storage: { tsdb: { retention: { time: '4w', size: `${5 * 2 ** 30}B` } } },
    });
  });

  test('loads a changed configuration by itself: nothing of it restarts the pod', async () => {
    const template = async (values: object) =>
      (await alone('prometheus', values)).workloads[0]?.spec.template;
    expect(container(await alone('prometheus')).args).toContain('--config.auto-reload');
    const changes = [
      { evaluationInterval: '1m' },
      { externalLabels: { cluster: 'one' } },
      { retention: { time: '1d' } },
      { global: { monitoring: { scrapeInterval: '1m' } } },
    ];
    for (const values of changes) expect(await template(values)).toEqual(await template({}));
  });

  test('mounts rules, targets and Alertmanagers as whole folders that may be missing', async () => {
    const rendering = await alone('prometheus');
    const { volumeMounts } = container(rendering);
    const optional = (rendering.workloads[0]?.spec.template.spec.volumes ?? []).flatMap(({ configMap }) =>
      configMap?.optional === true ? [configMap.name] : [],
    );
    expect(optional).toEqual(['prometheus-rules', 'prometheus-scrape', 'prometheus-alertmanagers']);
    for (const mount of volumeMounts) expect(mount).not.toHaveProperty('subPath');
    const { rule_files, scrape_config_files } = prometheusConfig(rendering) as Record<string, string[]>;
    for (const [pattern = ''] of [rule_files ?? [], scrape_config_files ?? []]) {
      expect(volumeMounts.map(({ mountPath }) => `${mountPath}/*.yaml`)).toContain(pattern);
    }
  });

  test('with a password is asked with it, by the probes and by itself', async () => {
    const rendering = await alone('prometheus', { auth: { existingSecret: 'mine' } });
    const { args, readinessProbe } = container(rendering);
    expect(args).toContain('--web.config.file=/etc/prometheus/auth/web.yml');
    expect(readinessProbe.exec?.command).toEqual([
      ...['promtool', 'check', 'ready', '--url=http://127.0.0.1:9090/prometheus'],
      '--http.config.file=/etc/prometheus/config/client.yml',
    ]);
    const files = {
      username_file: '/etc/prometheus/auth/username',
      password_file: '/etc/prometheus/auth/password',
    };
    expect(prometheusConfig(rendering)).toMatchObject({ scrape_configs: [{ basic_auth: files }] });
    expect(parse(rendering.configMaps[0]?.data['client.yml'] ?? '')).toEqual({ basic_auth: files });
  });
});

function prometheusConfig({ configMaps }: Rendering): unknown {
  return fileOf(configMaps, 'prometheus.yml');
}

function fileOf(configMaps: readonly ConfigMap[], file: string): unknown {
  return parse(configMaps.find(({ data }) => file in data)?.data[file] ?? '');
}
