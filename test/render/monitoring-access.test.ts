import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
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
    ['second', global({ unprefixedRelease: 'second' })],
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

  test('is in the namespace of the servers, leads to their paths and strips nothing', async () => {
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
