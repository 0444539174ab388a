import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { renderedObjects } from './renders.ts';
import { ofKind } from './routing-support.ts';
import { longRelease, render, titles } from './support.ts';

const on = { enabled: true };
const everything = { prometheus: on, alertmanager: on, grafana: on };
const global = (monitoring: object) => ({ global: { monitoring } });
const parentRefs = { public: {} };
const gateway = { routing: { host: 'ml-service.example.com', gateway: { parentRefs } } };

describe('the parent knows each server by the name that it has', () => {
  test.each([
    ['audio-processor', {}],
    ['second', {}],
    [longRelease, {}],
    ['second', { fullnameOverride: 'x'.repeat(49) }],
    ['second', global({ plainRelease: 'second' })],
  ])('release %s with %j', async (release, more) => {
    const { fullnameOverride, ...rest } = more as { fullnameOverride?: string };
    const server = fullnameOverride === undefined ? on : { ...on, fullnameOverride };
    const values = { prometheus: server, ...rest };
    const rendering = await render({ release, values });
    const [deployment] = rendering.workloads.filter(
      ({ metadata }) => metadata.labels?.['app.kubernetes.io/component'] === 'prometheus',
    );
    const name = deployment?.metadata.name;
    const made = titles(rendering, 'ConfigMap', 'Role');
    for (const suffix of ['rules', 'scrape']) expect(made).toContain(`ConfigMap/${name}-${suffix}`);
    expect(made).toContain(`Role/${name}`);
    const mounted = (deployment?.spec.template.spec.volumes ?? []).flatMap(
      ({ configMap }) => configMap?.name ?? [],
    );
    expect(mounted).toEqual(expect.arrayContaining([`${name}-rules`, `${name}-scrape`]));
  });

  test('Prometheus sends alerts to the Alertmanager that there is, and to none without', async () => {
    const file = async (values: object) =>
      (await render({ values: { ...values, ...global({ namespace: 'watch' }) } })).configMaps.flatMap(
        ({ data }) =>
          data['alertmanagers.yaml'] === undefined ? [] : (parse(data['alertmanagers.yaml']) as unknown[]),
      );
    expect(await file({ prometheus: on })).toEqual([]);
    const mine = { enabled: true, fullnameOverride: 'mine', service: { port: 8080 } };
    expect(await file({ prometheus: on, alertmanager: mine })).toEqual([
      {
        targets: ['mine-service.watch.svc:8080'],
        labels: { namespace: 'ml-service', release: 'audio-processor' },
      },
    ]);
  });
});

describe('the route of the servers', () => {
  const route = async (values: object) =>
    (
      await ofKind<{ parentRefs: object[]; hostnames: string[]; rules: object[] }>('HTTPRoute', { values })
    ).filter(({ metadata }) => metadata.name === 'monitoring-route');

  test('is not made by default, although there is a host', async () => {
    expect(await route({ ...everything, ...gateway, ...global({ host: 'a.example' }) })).toEqual([]);
  });

  test('stands beside the servers, leads to their paths and strips nothing', async () => {
    const prefixes = { grafana: '/boards/' };
    const [found] = await route({
      ...everything,
      ...gateway,
      ...global({ host: 'a.example', namespace: 'watch', prefixes }),
      monitoring: { public: { grafana: true } },
    });
    expect(found?.metadata.namespace).toBe('watch');
    expect(found?.spec).toEqual({
      parentRefs: [
        { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'public', namespace: 'ml-service' },
      ],
      hostnames: ['a.example'],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/boards' } }],
          backendRefs: [{ group: '', kind: 'Service', name: 'grafana-service', port: 3000, weight: 1 }],
        },
      ],
    });
  });

  test.each(['existingSecret', 'external'])('of Prometheus is there with `auth.%s`', async (key) => {
    const auth = { [key]: key === 'external' ? true : 'mine' };
    const values = { prometheus: { ...on, auth }, ...gateway, ...global({ host: 'a.example' }) };
    expect(await route({ ...values, monitoring: { public: { prometheus: true } } })).toHaveLength(1);
  });
});

const open = { ...gateway, ...global({ host: 'a.example' }) };
/** Prometheus and Grafana on one host with the service, at these paths. */
const onOneHost = (prefixes: object, routing: object = {}) => ({
  prometheus: { ...on, auth: { external: true } },
  grafana: on,
  flower: on,
  routing: { ...gateway.routing, ...routing },
  ...global({ host: 'ml-service.example.com', prefixes }),
  monitoring: { public: { prometheus: true, grafana: true } },
});

test.each<[string, object, readonly string[]]>([
  [
    'two that watch',
    { prometheus: on, monitoring: { operator: on } },
    ['monitoring.operator.enabled', 'twice', 'prometheus.enabled: false'],
  ],
  [
    'servers of a chart that is switched off',
    { enabled: false, prometheus: on, alertmanager: on },
    ['prometheus.enabled', 'alertmanager.enabled', 'have nothing to watch'],
  ],
  [
    'an Alertmanager that nobody calls, beside the operator’s own',
    { alertmanager: on, monitoring: { operator: on } },
    ['alertmanager.enabled', 'an Alertmanager of its own', 'Set it to false'],
  ],
  [
    'times without which Alertmanager does not start',
    {
      prometheus: on,
      alertmanager: {
        ...{ ...on, groupInterval: '0s', routes: { critical: { repeatInterval: '0s' } } },
        notifications: { heartbeat: { interval: '0s' } },
      },
    },
    [
      'alertmanager.groupInterval: ',
      'alertmanager.routes.critical.repeatInterval: ',
      'alertmanager.notifications.heartbeat.interval: ',
      'Set at least 1s',
    ],
  ],
  [
    'a matcher with which the bundled Alertmanager does not start',
    {
      prometheus: on,
      alertmanager: { ...on, inhibitions: { mine: { source: ['x'], target: [], equal: [] } } },
    },
    ['alertmanager.inhibitions.mine.source: x is '],
  ],
  [
    'a heartbeat that never comes',
    {
      prometheus: on,
      alertmanager: { ...on, notifications: { heartbeat: on } },
      monitoring: { alerts: { Watchdog: { enabled: false } } },
    },
    ['monitoring.alerts.Watchdog.enabled', 'never called'],
  ],
  [
    'somebody to tell, and no Secret that says where',
    { prometheus: on, alertmanager: { ...on, existingSecret: '', notifications: { slack: on } } },
    ['alertmanager.existingSecret', 'Set its name'],
  ],
  [
    'a Grafana with the password that everybody knows',
    { prometheus: on, grafana: { ...on, admin: { existingSecret: '' } } },
    ['grafana.admin.existingSecret', 'GRAFANA_ADMIN_PASSWORD'],
  ],
  [
    'a Grafana without the password of the Prometheus that it is told of',
    {
      prometheus: { ...on, fullnameOverride: 'mine', auth: { existingSecret: 'web' } },
      grafana: { ...on, datasource: { url: 'http://mine-service.ml-service.svc:9090/prometheus' } },
    },
    ['grafana.datasource.existingSecret', 'Set it to web'],
  ],
  [
    'an Alertmanager whose password Prometheus lacks',
    { prometheus: on, alertmanager: { ...on, auth: { existingSecret: 'mine' } } },
    ['prometheus.alertmanager.existingSecret', 'Set it to mine'],
  ],
  [
    'e-mail to nobody',
    { prometheus: on, alertmanager: { ...on, notifications: { email: on } } },
    ['email.to', 'email.from', 'email.smarthost', 'does not start'],
  ],
  [
    'a claim that nobody uses',
    { prometheus: { ...on, persistence: { enabled: false, existingClaim: 'mine' } } },
    ['prometheus.persistence.existingClaim', 'nothing would use the claim mine'],
  ],
  [
    'samples on a disk that is too small for them',
    { prometheus: { ...on, persistence: { enabled: false } } },
    ['prometheus.resources.limits.ephemeral-storage', 'Set at least 8192Mi'],
  ],
  [
    'a Grafana with nothing to ask',
    { grafana: on },
    ['grafana.datasource.url', 'http://prometheus-operated'],
  ],
  [
    'a Grafana that would ask another name',
    { grafana: on, prometheus: { ...on, fullnameOverride: 'mine' } },
    ['grafana.datasource.url', 'http://mine-service.ml-service.svc:9090/prometheus'],
  ],
  [
    'a Grafana without the password of Prometheus',
    { grafana: on, prometheus: { ...on, auth: { existingSecret: 'mine' } } },
    ['grafana.datasource.existingSecret', 'Set it to mine'],
  ],
  [
    'a route to a server that is off',
    { ...open, monitoring: { public: { grafana: true } } },
    ['monitoring.public.grafana', 'lead nowhere', 'grafana.enabled: true'],
  ],
  [
    'a route without host',
    { ...everything, ...gateway, monitoring: { public: { grafana: true } } },
    ['monitoring.public.grafana', 'every host of its Gateway', 'Set global.monitoring.host'],
  ],
  [
    'a route by nothing',
    { ...everything, ...global({ host: 'a.example' }), monitoring: { public: { grafana: true } } },
    [
      'monitoring.public.grafana',
      'no Gateway and no Ingress',
      'routing.gateway.parentRefs or routing.ingress.enabled: true',
    ],
  ],
  [
    'a route to a Prometheus and an Alertmanager without password',
    { ...everything, ...open, monitoring: { public: { prometheus: true, alertmanager: true } } },
    ['monitoring.public.prometheus', 'prometheus.auth.existingSecret', 'alertmanager.auth.external: true'],
  ],
  [
    'one path for two servers',
    onOneHost({ grafana: '/prometheus/' }),
    [
      'global.monitoring.prefixes.prometheus: /prometheus is global.monitoring.prefixes.grafana as well',
      'Set a path that nothing else has',
    ],
  ],
  [
    'the path of the API for a server on its host',
    onOneHost({ prometheus: '/audio' }),
    ['global.monitoring.prefixes.prometheus: /audio is routing.paths.api on the same host as well'],
  ],
  [
    'the same for the whole host',
    onOneHost({ grafana: '/' }, { paths: { api: '/' } }),
    ['global.monitoring.prefixes.grafana: / is routing.paths.api on the same host as well'],
  ],
  [
    'the path of Flower for a server on its host',
    onOneHost({ grafana: '/flower' }, { public: { flower: true } }),
    ['global.monitoring.prefixes.grafana: /flower is routing.paths.flower on the same host as well'],
  ],
  [
    'a path at which metrics are hidden',
    onOneHost({ prometheus: '/metrics' }, { paths: { api: '/' } }),
    ['global.monitoring.prefixes.prometheus: /metrics is where the metrics below routing.paths.api'],
  ],
])('refuses %s', async (_what, values, words) => {
  const error = await renderedObjects({ values }).then(
    () => new Error('it was accepted'),
    (refusal: Error) => refusal,
  );
  for (const word of words) expect(error.message).toContain(word);
});

describe('not refused', () => {
  test.each<[string, object]>([
    ['a path below another, which is longer and wins', onOneHost({ grafana: '/prometheus/boards' })],
    ['a server on the whole host', onOneHost({ grafana: '/' })],
    ['a server below the API', onOneHost({ grafana: '/audio/boards' })],
    ['the path of a Flower that has no route', onOneHost({ grafana: '/flower' })],
    [
      'the path of the API on another host',
      { ...everything, ...gateway, ...global({ host: 'a.example', prefixes: { grafana: '/audio' } }) },
    ],
  ])('%s', async (_what, values) => {
    const made = await renderedObjects({ values: { monitoring: { public: { grafana: true } }, ...values } });
    expect(made).not.toEqual([]);
  });
});
