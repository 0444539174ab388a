import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { RenderOptions } from '../../src/chart/helm.ts';
import { repositoryRoot } from '../../src/tools/versions.ts';
import { renderedObjects } from './renders.ts';
import { fileOf } from './servers-support.ts';
import { cases, envOf, sorted } from './support.ts';

type Names = readonly string[];

const vendored = (file: string) =>
  parse(readFileSync(join(repositoryRoot, 'schemas/grafana', `${file}.yaml`), 'utf8')) as unknown;
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

/** Grafana beside a Prometheus that asks for a password, which no environment need have. */
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
  const { workloads, configMaps } = sorted(await renderedObjects(options));
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

describe('what Grafana documents, in every environment and overlay', () => {
  test('is every setting that the chart makes', async () => {
    let seen = 0;
    for (const { title, options } of inputs) {
      const set = ((await grafanaOf(options))?.env ?? []).filter((name) => name.startsWith('GF_'));
      expect(
        set.filter((name) => !variables.has(name)),
        title,
      ).toEqual([]);
      seen += set.length;
    }
    expect(seen).toBeGreaterThan(60);
  });

  test('is every variable, but for those that a provisioning file names', async () => {
    for (const { title, options } of inputs) {
      const { env = [], sources } = (await grafanaOf(options)) ?? {};
      const named = new Set(JSON.stringify(sources ?? {}).match(/(?<=\$)[A-Z_]+/g));
      expect(
        env.filter((name) => !name.startsWith('GF_')),
        title,
      ).toEqual([...named].sort());
    }
  });

  test('is every key of the data sources', async () => {
    for (const { title, options } of inputs) {
      const { sources } = (await grafanaOf(options)) ?? {};
      expect(unknown(sources, datasources.file), title).toEqual([]);
      for (const source of sources?.datasources ?? []) {
        expect(unknown(source, datasources.entry), title).toEqual([]);
        expect(unknown(source.jsonData, datasources.jsonData), title).toEqual([]);
        expect(unknown(source.secureJsonData, datasources.secureJsonData), title).toEqual([]);
      }
    }
  });

  test('is every key of the providers of dashboards', async () => {
    for (const { title, options } of inputs) {
      const { providers } = (await grafanaOf(options)) ?? {};
      expect(unknown(providers, dashboards.file), title).toEqual([]);
      for (const provider of providers?.providers ?? []) {
        expect(unknown(provider, dashboards.entry), title).toEqual([]);
        expect(unknown(provider.options, dashboards.options), title).toEqual([]);
      }
    }
  });
});
