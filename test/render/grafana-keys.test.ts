import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type RenderOptions, renderChart } from '../../src/chart/helm.ts';
import { fileOf } from './servers-support.ts';
import { cases, envOf, sorted } from './support.ts';

type Names = readonly string[];

const vendored = (file: string) =>
  parse(readFileSync(join(import.meta.dirname, 'grafana-keys', `${file}.yaml`), 'utf8')) as unknown;
const settings = vendored('settings') as Readonly<Record<string, Names>>;
const { datasources, dashboards } = vendored('provisioning') as {
  readonly datasources: Readonly<Record<'file' | 'entry' | 'jsonData' | 'secureJsonData', Names>>;
  readonly dashboards: Readonly<Record<'file' | 'entry' | 'options', Names>>;
};

/** `GF_<SECTION>_<KEY>` of every documented setting, as Grafana makes it of section and key. */
const variables = new Set(
  Object.entries(settings).flatMap(([section, keys]) =>
    keys.map((key) => `GF_${section}_${key}`.replaceAll(/[.-]/g, '_').toUpperCase()),
  ),
);

/** Grafana beside a Prometheus with a password, which no environment has to have. */
const inputs = [
  ...cases(),
  {
    title: 'a Prometheus with a password',
    options: {
      values: {
        prometheus: { enabled: true, auth: { existingSecret: 'mine' } },
        grafana: { enabled: true, datasource: { existingSecret: 'mine' } },
      },
    },
  },
];

/** Grafana as it was rendered: its environment, and its two files; undefined where there is none. */
async function grafanaOf(options: RenderOptions) {
  const { workloads, configMaps } = sorted(await renderChart(options));
  const found = workloads.find(
    ({ metadata }) => metadata.labels?.['app.kubernetes.io/component'] === 'grafana',
  );
  return (
    found && {
      env: Object.keys(envOf(found.spec.template.spec.containers[0])),
      sources: fileOf(configMaps, 'datasources.yaml') as File<'datasources'>,
      providers: fileOf(configMaps, 'providers.yaml') as File<'providers'>,
    }
  );
}

type Entry = Readonly<Record<string, object>>;
type File<List extends string> = Readonly<Record<List, readonly Entry[]>>;

/** What is not documented of some keys. */
const unknown = (found: object | undefined, known: Names) =>
  Object.keys(found ?? {}).filter((key) => !known.includes(key));

describe.each(inputs)('what Grafana is given in the case $title', ({ options }) => {
  test('is documented: settings, data sources and providers of dashboards', async () => {
    const { env = [], sources, providers } = (await grafanaOf(options)) ?? {};
    expect(env.filter((name) => name.startsWith('GF_') && !variables.has(name))).toEqual([]);
    expect(unknown(sources, datasources.file)).toEqual([]);
    for (const source of sources?.datasources ?? []) {
      expect(unknown(source, datasources.entry)).toEqual([]);
      expect(unknown(source.jsonData, datasources.jsonData)).toEqual([]);
      expect(unknown(source.secureJsonData, datasources.secureJsonData)).toEqual([]);
    }
    expect(unknown(providers, dashboards.file)).toEqual([]);
    for (const provider of providers?.providers ?? []) {
      expect(unknown(provider, dashboards.entry)).toEqual([]);
      expect(unknown(provider.options, dashboards.options)).toEqual([]);
    }
  });

  test('has no further variable, but for those that a provisioning file names', async () => {
    const { env = [], sources } = (await grafanaOf(options)) ?? {};
    const named = new Set(JSON.stringify(sources ?? {}).match(/(?<=\$)[A-Z_]+/g));
    expect(env.filter((name) => !name.startsWith('GF_'))).toEqual([...named].sort());
  });
});

test('Grafana is covered: with a password of Prometheus both files and more than fifteen settings', async () => {
  const { env = [], sources, providers } = (await grafanaOf(inputs.at(-1)?.options ?? {})) ?? {};
  expect(env.filter((name) => name.startsWith('GF_')).length).toBeGreaterThan(15);
  expect(sources?.datasources[0]).toHaveProperty('secureJsonData');
  expect(providers?.providers).toHaveLength(1);
});
