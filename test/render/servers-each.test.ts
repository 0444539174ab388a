import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { container, fileOf, prometheusConfig, serverOf } from './servers-support.ts';
import { envOf } from './support.ts';

describe('Alertmanager', () => {
  const configOf = async (values: object) =>
    fileOf((await serverOf('alertmanager', values)).configMaps, 'alertmanager.yml') as {
      route: { receiver: string; routes: { matchers: string[]; receiver: string }[] };
      receivers: Record<string, unknown>[];
    };
  const email = { enabled: true, to: 'a@x.example', from: 'b@x.example', smarthost: 'x.example:25' };
  const every = {
    ...Object.fromEntries(
      ['slack', 'webhook', 'pagerduty', 'heartbeat'].map((name) => [name, { enabled: true }]),
    ),
    email,
  };

  test('notifies nobody as long as no channel is set', async () => {
    const { receivers, route } = await configOf({});
    expect(receivers).toEqual([{ name: 'nobody' }, { name: 'critical' }, { name: 'warning' }]);
    expect(route.routes.map(({ matchers, receiver }) => [...matchers, receiver])).toEqual([
      ['alertname="Watchdog"', 'nobody'],
      ['severity="none"', 'nobody'],
      ['severity="critical"', 'critical'],
    ]);
    expect(route.receiver).toBe('warning');
  });

  test('reads what is secret from files of the Secret, and mounts no other key of it', async () => {
    const values = { notifications: { ...every, email: { ...email, username: 'me' } } };
    const { workloads, configMaps } = await serverOf('alertmanager', values);
    const config = configMaps.map(({ data }) => data['alertmanager.yml']).join('');
    const files = [...config.matchAll(/_file: "?\/etc\/alertmanager\/secrets\/([A-Z_]+)/g)].map(
      ([, key]) => key,
    );
    files.push(
      ...[...config.matchAll(/\{url_file: \/etc\/alertmanager\/secrets\/([A-Z_]+)/g)].map(([, key]) => key),
    );
    const volumes = workloads[0]?.spec.template.spec.volumes ?? [];
    const mounted = volumes.flatMap((volume) =>
      'secret' in volume ? (volume.secret as { items: { key: string }[] }).items.map(({ key }) => key) : [],
    );
    expect(mounted.sort()).toEqual([...new Set(files)].sort());
    expect(mounted).toHaveLength(5);
  });

  test('sends each severity to its channels', async () => {
    const routes = { warning: { slack: false, email: false, pagerduty: false } };
    const { receivers } = await configOf({ notifications: every, routes });
    const ways = Object.fromEntries(
      receivers.map(({ name, ...receiver }) => [name, Object.keys(receiver).sort()]),
    );
    expect(ways).toEqual({
      nobody: [],
      critical: ['email_configs', 'pagerduty_configs', 'slack_configs', 'webhook_configs'],
      warning: ['webhook_configs'],
      heartbeat: ['webhook_configs'],
    });
  });

  test('is restarted by a change of its files, which it would not load by itself', async () => {
    const checksum = async (values: object) =>
      (await serverOf('alertmanager', values)).workloads[0]?.spec.template.metadata.annotations[
        'checksum/config'
      ];
    expect(await checksum({ groupWait: '30s' })).not.toBe(await checksum({}));
    expect(await checksum({ podLabels: { team: 'audio' } })).toBe(await checksum({}));
  });

  test('does not gossip: it is one', async () => {
    expect(container(await serverOf('alertmanager')).args).toContain('--cluster.listen-address=');
  });
});

describe('Grafana', () => {
  test('takes its first user from files of the Secret, and the password of Prometheus from another', async () => {
    const values = { admin: { existingSecret: 'mine' }, datasource: { existingSecret: 'theirs' } };
    const rendering = await serverOf('grafana', values);
    expect(envOf(container(rendering))).toMatchObject({
      GF_SECURITY_ADMIN_USER: '$__file{/etc/grafana/secrets/GRAFANA_ADMIN_USER}',
      GF_SECURITY_ADMIN_PASSWORD: '$__file{/etc/grafana/secrets/GRAFANA_ADMIN_PASSWORD}',
      DATASOURCE_PASSWORD: 'theirs/password',
    });
    const mount = container(rendering).volumeMounts.find(
      ({ mountPath }) => mountPath === '/etc/grafana/secrets',
    );
    const volumes = rendering.workloads[0]?.spec.template.spec.volumes ?? [];
    const items = ['GRAFANA_ADMIN_USER', 'GRAFANA_ADMIN_PASSWORD'].map((key) => ({ key, path: key }));
    expect(volumes.find(({ name }) => name === mount?.name)).toMatchObject({
      secret: { secretName: 'mine', items },
    });
    expect(fileOf(rendering.configMaps, 'datasources.yaml')).toMatchObject({
      datasources: [{ basicAuth: true, secureJsonData: { basicAuthPassword: '$DATASOURCE_PASSWORD' } }],
    });
  });

  test('queries the configured Prometheus', async () => {
    const url = 'http://prometheus-operated.monitoring.svc:9090';
    const { configMaps } = await serverOf('grafana', { datasource: { url } });
    expect(fileOf(configMaps, 'datasources.yaml')).toMatchObject({ datasources: [{ url, isDefault: true }] });
  });

  test('loads dashboards from a folder that it mounts', async () => {
    const rendering = await serverOf('grafana');
    const { providers } = fileOf(rendering.configMaps, 'providers.yaml') as {
      providers: { options: { path: string } }[];
    };
    const mounts = container(rendering).volumeMounts.map(({ mountPath }) => mountPath);
    for (const { options } of providers) expect(mounts).toContain(options.path);
  });

  test('sends nothing to its makers and loads no plugin', async () => {
    expect(envOf(container(await serverOf('grafana')))).toMatchObject({
      GF_ANALYTICS_REPORTING_ENABLED: 'false',
      GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
      GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
      GF_NEWS_NEWS_FEED_ENABLED: 'false',
      GF_PLUGINS_PREINSTALL_DISABLED: 'true',
      GF_PLUGINS_PUBLIC_KEY_RETRIEVAL_DISABLED: 'true',
      GF_SNAPSHOTS_EXTERNAL_ENABLED: 'false',
      GF_CLOUD_MIGRATION_ENABLED: 'false',
    });
  });
});

describe('Prometheus', () => {
  test('gives its address in the cluster where there is no host', async () => {
    const rendering = await serverOf('prometheus', { global: { monitoring: { namespace: 'monitoring' } } });
    expect(container(rendering).args).toContain(
      '--web.external-url=http://prometheus-service.monitoring.svc:9090/prometheus',
    );
  });

  test('keeps samples by age, and by its share of the claim', async () => {
    const values = { persistence: { size: '10Gi' }, retention: { time: '4w', percent: 50 } };
    expect(prometheusConfig(await serverOf('prometheus', values))).toMatchObject({
      storage: { tsdb: { retention: { time: '4w', size: `${5 * 2 ** 30}B` } } },
    });
  });

  test('loads a changed configuration by itself: nothing of it restarts the pod', async () => {
    const template = async (values: object) =>
      (await serverOf('prometheus', values)).workloads[0]?.spec.template;
    expect(container(await serverOf('prometheus')).args).toContain('--config.auto-reload');
    const changes = [
      { evaluationInterval: '1m' },
      { externalLabels: { cluster: 'one' } },
      { retention: { time: '1d' } },
      { global: { monitoring: { scrapeInterval: '1m' } } },
    ];
    for (const values of changes) expect(await template(values)).toEqual(await template({}));
  });

  test('mounts rules, targets and Alertmanagers as whole folders that may be missing', async () => {
    const rendering = await serverOf('prometheus');
    const { volumeMounts } = container(rendering);
    const optional = (rendering.workloads[0]?.spec.template.spec.volumes ?? []).flatMap(({ configMap }) =>
      configMap?.optional === true ? [configMap.name] : [],
    );
    expect(optional.sort()).toEqual(['prometheus-alertmanagers', 'prometheus-rules', 'prometheus-scrape']);
    for (const mount of volumeMounts) expect(mount).not.toHaveProperty('subPath');
    const { rule_files, scrape_config_files } = prometheusConfig(rendering);
    const folders = volumeMounts.map(({ mountPath }) => `${mountPath}/*.yaml`);
    for (const [pattern] of [rule_files ?? [], scrape_config_files ?? []]) expect(folders).toContain(pattern);
  });

  test('reads files of the user beside them, which have to be there', async () => {
    const rendering = await serverOf('prometheus', { extraFiles: { scrape: 'jobs', rules: 'mine' } });
    const volumes = rendering.workloads[0]?.spec.template.spec.volumes ?? [];
    const { rule_files = [], scrape_config_files = [] } = prometheusConfig(rendering);
    for (const [kind, name, patterns] of [
      ['scrape', 'jobs', scrape_config_files],
      ['rules', 'mine', rule_files],
    ] as const) {
      const mountPath = `/etc/prometheus/extra-${kind}`;
      expect(volumes).toContainEqual({ name: `extra-${kind}`, configMap: { name, optional: false } });
      expect(container(rendering).volumeMounts).toContainEqual({
        ...{ name: `extra-${kind}`, mountPath, readOnly: true },
      });
      expect(patterns).toContain(`${mountPath}/*.yaml`);
    }
  });

  test('with a password is requested with it, by the probes and by itself', async () => {
    const rendering = await serverOf('prometheus', { auth: { existingSecret: 'mine' } });
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
    expect(prometheusConfig(rendering).scrape_configs[0]).toMatchObject({ basic_auth: files });
    expect(parse(rendering.configMaps[0]?.data['client.yml'] ?? '')).toEqual({ basic_auth: files });
  });
});
