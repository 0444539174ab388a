import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { dashboards } from '../../src/dashboards/all.ts';
import { knownMetrics, labelsOf } from '../../src/dashboards/metrics.ts';
import { type ConfigMap, render } from './support.ts';

const bundled = { prometheus: { enabled: true }, grafana: { enabled: true } };
const operator = { monitoring: { operator: { enabled: true } } };
const runbooks = 'https://docs.example.com/runbooks';

async function rendered(values: Readonly<Record<string, unknown>>, name = 'grafana-dashboards') {
  const { configMaps } = await render({ values });
  return configMaps.find(({ metadata }) => metadata.name === name);
}

const held = ({ data }: ConfigMap) =>
  Object.values(data).map((text) => JSON.parse(text) as Dashboard & { title: string });
const linksOf = (configMap: ConfigMap) =>
  held(configMap).flatMap(({ panels = [] }) =>
    panels.flatMap((panel) => ('links' in panel ? (panel.links ?? []) : [])),
  );

describe('the ConfigMap of the dashboards', () => {
  test.each(Object.entries({ bundled, operator }))('holds every dashboard: %s', async (_mode, values) => {
    const configMap = await rendered(values);
    expect(Object.keys(configMap?.data ?? {})).toEqual(dashboards.map(({ uid }) => `${uid}.json`).sort());
  });

  test.each(
    Object.entries({
      'by default': {},
      'beside Prometheus alone': { prometheus: { enabled: true } },
      'beside Grafana alone': { grafana: { enabled: true, datasource: { url: 'http://a.example' } } },
      'switched off': { ...bundled, monitoring: { dashboards: { enabled: false } } },
    }),
  )('is not made %s', async (_when, values) => {
    expect(await rendered(values)).toBeUndefined();
  });

  test('is found by the sidecar of a Grafana beside the operator, and has nothing for it in the bundled one', async () => {
    const found = await rendered(operator);
    expect(found?.metadata.labels).toMatchObject({ grafana_dashboard: '1' });
    expect(found?.metadata.annotations).toEqual({ grafana_folder: 'Audio processor' });
    const mounted = await rendered(bundled);
    expect(mounted?.metadata.labels).not.toHaveProperty('grafana_dashboard');
    expect(mounted?.metadata.annotations).toBeUndefined();
  });

  test('is in the namespace of monitoring, named after its server', async () => {
    const { configMaps } = await render({
      release: 'second',
      values: { ...bundled, global: { monitoring: { namespace: 'watch' } } },
    });
    const { metadata } = configMaps.find(({ data }) => 'audio-processor-overview.json' in (data ?? {})) ?? {};
    expect(metadata).toMatchObject({ name: 'second-grafana-dashboards', namespace: 'watch' });
  });

  test('is far below the MiB that Kubernetes takes', async () => {
    const { data } = (await rendered(bundled)) ?? { data: {} };
    const bytes = Buffer.byteLength(Object.values(data).join(''));
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(300_000);
  });
});

describe('links to the runbooks', () => {
  test('lead to the URLs of the values', async () => {
    const configMap = await rendered({
      monitoring: { operator: { enabled: true }, runbooks: `${runbooks}/` },
    });
    if (configMap === undefined) throw new Error('no ConfigMap');
    const [dashboard] = held(configMap);
    const place = dashboard?.templating.list?.find(({ name }) => name === 'runbooks');
    expect(place?.query).toBe(runbooks);
    expect(linksOf(configMap).length).toBeGreaterThan(0);
    for (const { url } of linksOf(configMap)) expect(url).toMatch(/^\$runbooks\/\w+\.md$/);
  });

  test('are left out while nobody knows where the runbooks are', async () => {
    const configMap = await rendered(operator);
    if (configMap === undefined) throw new Error('no ConfigMap');
    expect(linksOf(configMap)).toEqual([]);
    // Nothing else went with them.
    expect(held(configMap).map(({ title }) => title)).toEqual(
      [...dashboards].sort((a, b) => `${a.uid}`.localeCompare(`${b.uid}`)).map(({ title }) => title),
    );
    expect(held(configMap).map(({ panels }) => panels?.length)).toEqual(
      [...dashboards]
        .sort((a, b) => `${a.uid}`.localeCompare(`${b.uid}`))
        .map(({ panels }) => panels?.length),
    );
  });
});

describe('what the dashboards know of recorded series', () => {
  interface Rule {
    readonly record?: string;
    readonly labels: Readonly<Record<string, string>>;
  }

  const recorded = async () => {
    const workers = {
      pools: { cpu: { metrics: { enabled: false } }, gpu: { enabled: true, scaling: { engine: 'hpa' } } },
    };
    const map = await rendered({ ...bundled, workers }, 'prometheus-rules');
    const { groups } = parse(map?.data['audio-processor.yaml'] ?? '') as { groups: { rules: Rule[] }[] };
    return groups
      .flatMap(({ rules }) => rules)
      .flatMap(({ record, labels }) => (record ? [{ record, labels }] : []));
  };

  test('is what the rules record, no more and no less', async () => {
    const known = Object.keys(knownMetrics).filter((name) => knownMetrics[name]?.from === 'rule');
    const names = (await recorded()).map(({ record }) => record);
    expect(known.sort()).toEqual([...new Set(names)].sort());
  });

  test('has the labels that they are given', async () => {
    const strange = (await recorded()).flatMap(({ record, labels }) =>
      Object.keys(labels)
        .filter((label) => !labelsOf(record).includes(label))
        .map((label) => `${record}{${label}}`),
    );
    expect(strange).toEqual([]);
  });
});
