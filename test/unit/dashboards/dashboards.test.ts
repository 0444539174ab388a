import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dashboard, Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { chartDirectory } from '../../../src/chart/helm.ts';
import { dashboardSpecs, dashboards, type Expression, expressions } from '../../../src/dashboards/all.ts';
import { knownMetrics, labelsOf, neverUpdated } from '../../../src/dashboards/metrics.ts';
import { parsePromql, withVariables } from '../../../src/dashboards/promql.ts';
import { answers, failed } from '../../../src/dashboards/selector.ts';
import { dashboardFolder } from '../../../src/generate/dashboards.ts';
import { alerts as alertFiles, alertNames } from '../../../src/schema/alerts.ts';
import { repositoryRoot } from '../../../src/tools/versions.ts';

const folder = join(repositoryRoot, dashboardFolder);
const byUid = dashboards.map((dashboard) => ({ uid: dashboard.uid ?? '', dashboard }));
const isPanel = (panel: Panel | RowPanel): panel is Panel => panel.type !== 'row';
const panelsOf = ({ panels = [] }: Dashboard): readonly Panel[] => panels.filter(isPanel);
const targetsOf = ({ targets = [] }: Panel) =>
  targets.filter((target): target is Dataquery => 'expr' in target);

describe('the dashboards', () => {
  it('keep their uids: links and bookmarks hold them', () => {
    expect(byUid.map(({ uid }) => uid)).toEqual(
      ['overview', 'queues', 'extractors', 'gpu', 'broker', 'slo'].map((name) => `audio-processor-${name}`),
    );
  });

  it('have a file each, which is what the SDK built, and there is no other', async () => {
    expect((await readdir(folder)).sort()).toEqual(byUid.map(({ uid }) => `${uid}.json`).sort());
    for (const { uid, dashboard } of byUid) {
      const file = JSON.parse(await readFile(join(folder, `${uid}.json`), 'utf8')) as Dashboard;
      const built = JSON.parse(JSON.stringify(dashboard)) as Dashboard;
      expect({ ...file, description: built.description }).toEqual(built);
      expect(file.description?.startsWith(`${built.description} `)).toBe(true);
    }
  });

  it('have unique titles and uids', () => {
    expect(new Set(dashboards.map(({ title }) => title)).size).toBe(dashboards.length);
    expect(new Set(byUid.map(({ uid }) => uid)).size).toBe(dashboards.length);
  });
});

describe.each(byUid)('the dashboard $uid', ({ dashboard }) => {
  const all = dashboard.panels ?? [];

  it('cannot be edited, for the chart would write over it', () => {
    expect(dashboard.editable).toBe(false);
    expect(dashboard).not.toHaveProperty('id');
  });

  it('has variables for a Prometheus, a namespace and a release, in this order', () => {
    const names = dashboard.templating.list?.map(({ name }) => name) ?? [];
    expect(names.slice(0, 3)).toEqual(['datasource', 'namespace', 'release']);
    expect(dashboard.templating.list?.[0]?.current?.value).toBe('prometheus');
  });

  it('leads to the others with time and variables', () => {
    expect(dashboard.tags).toEqual(['audio-processor']);
    expect(dashboard.links).toMatchObject([
      { type: 'dashboards', tags: ['audio-processor'], includeVars: true, keepTime: true },
    ]);
  });

  it('gives every panel a unique id, and every query a letter', () => {
    const ids = all.map(({ id }) => id ?? 0);
    expect(ids.every((id) => id > 0)).toBe(true);
    expect(new Set(ids).size).toBe(all.length);
    for (const panel of panelsOf(dashboard)) {
      const letters = targetsOf(panel).map(({ refId }) => refId ?? '');
      expect(
        letters.every((letter) => /^[A-Z]$/.test(letter)),
        panel.title,
      ).toBe(true);
      expect(new Set(letters).size, panel.title).toBe(letters.length);
    }
  });

  it('has no panel over another or outside of the grid, and no row half empty', () => {
    const cells = new Set<string>();
    for (const { gridPos, title } of all) {
      const { x, y, w, h } = gridPos ?? { x: -1, y: -1, w: 0, h: 0 };
      expect(x >= 0 && w > 0 && x + w <= 24, title).toBe(true);
      for (let row = y; row < y + h; row += 1) {
        for (let column = x; column < x + w; column += 1) cells.add(`${column}/${row}`);
      }
    }
    const area = all.reduce((sum, { gridPos }) => sum + (gridPos?.w ?? 0) * (gridPos?.h ?? 0), 0);
    expect(cells.size).toBe(area);
    expect(area % 24).toBe(0);
  });

  it('has a description and a unit for every panel', () => {
    for (const { title, description, fieldConfig } of panelsOf(dashboard)) {
      expect(title).toMatch(/^[A-Z]/);
      expect(description, title).toMatch(/^[A-Z].*\.$/s);
      expect(fieldConfig?.defaults.unit, title).toMatch(/^\S+$/);
    }
  });

  it('has no panel without a query, and no query without Prometheus of the variable', () => {
    for (const panel of panelsOf(dashboard)) {
      expect(targetsOf(panel).length, panel.title).toBeGreaterThan(0);
      for (const { datasource } of [panel, ...targetsOf(panel)]) {
        expect(datasource, panel.title).toEqual({ type: 'prometheus', uid: '$datasource' });
      }
    }
  });
});

const all = expressions().map((one) => ({
  ...one,
  where: `${one.dashboard} / ${one.panel}`,
  parsed: parsePromql(withVariables(one.expr)),
}));
const broken = (problem: (one: (typeof all)[number]) => readonly string[]) =>
  all.flatMap((one) => problem(one).map((text) => `${one.where}: ${text}`));

describe('every expression', () => {
  it('is listed as the panels have it', () => {
    const drawn = dashboards.flatMap((dashboard) =>
      panelsOf(dashboard).flatMap((panel) =>
        targetsOf(panel).map(({ expr }) => ({ dashboard: dashboard.uid, panel: panel.title, expr })),
      ),
    );
    expect(expressions().map(({ row: _, ...rest }: Expression) => rest)).toEqual(drawn);
    expect(drawn.length).toBeGreaterThan(60);
  });

  it('is PromQL', () => {
    expect(broken(({ parsed }) => parsed.errors)).toEqual([]);
  });

  it('queries only known metrics', () => {
    expect(
      broken(({ parsed }) =>
        parsed.selectors.map(({ metric }) => metric).filter((name) => !(name in knownMetrics)),
      ),
    ).toEqual([]);
  });

  it('matches and groups by labels that these metrics have', () => {
    expect(
      broken(({ parsed: { selectors } }) =>
        selectors.flatMap(({ metric, matchers }) =>
          matchers
            .filter(({ label }) => !labelsOf(metric).includes(label))
            .map(({ label }) => `${metric}{${label}}`),
        ),
      ),
    ).toEqual([]);
    expect(
      broken(({ parsed: { selectors, groupings } }) =>
        groupings.filter((label) => !selectors.some(({ metric }) => labelsOf(metric).includes(label))),
      ),
    ).toEqual([]);
  });

  it('selects one release in one namespace; of GPUs, which belong to no release, those of pods of the namespace', () => {
    const missing = expressions().flatMap(({ dashboard, panel, expr }) =>
      parsePromql(withVariables(expr, { namespace: 'NAMESPACE', release: 'RELEASE' }))
        .selectors.filter(({ metric, matchers }) => {
          const has = (label: string, value: string) =>
            matchers.some((one) => one.label === label && one.operator === '=' && one.value === value);
          if (knownMetrics[metric]?.from === 'dcgm') {
            return !has('namespace', 'NAMESPACE') && !has('exported_namespace', 'NAMESPACE');
          }
          return !has('namespace', 'NAMESPACE') || !has('release', 'RELEASE');
        })
        .map(({ metric }) => `${dashboard} / ${panel}: ${metric}`),
    );
    expect(missing).toEqual([]);
  });

  it('uses only variables that its dashboard has', () => {
    const ofGrafana = ['__rate_interval', '__range', '__interval'];
    const unknown = dashboards.flatMap((dashboard) => {
      const known = [...ofGrafana, ...(dashboard.templating.list ?? []).map(({ name }) => name)];
      return panelsOf(dashboard)
        .flatMap(targetsOf)
        .flatMap(({ expr }) => [...expr.matchAll(/\$([A-Za-z_]\w*)/g)].map(([, name = '']) => name))
        .filter((name) => !known.includes(name));
    });
    expect(unknown).toEqual([]);
  });
});

test('no known metric is one that the application never updates', () => {
  const names = Object.keys(knownMetrics).map((name) => name.replace(/_(bucket|sum|count)$/, ''));
  expect(names.filter((name) => neverUpdated.includes(name))).toEqual([]);
  expect(neverUpdated.length).toBeGreaterThan(10);
});

const panels = dashboardSpecs.flatMap(({ uid, rows }) =>
  rows.flatMap((row) => row.panels.map((panel) => ({ uid, ...panel }))),
);

describe('alerts on the dashboards', () => {
  it.each(alertNames)('%s has a panel that explains it', (name) => {
    expect(panels.filter(({ alerts = [] }) => alerts.includes(name)).length).toBeGreaterThan(0);
  });

  it('link to a runbook each', () => {
    const named = panels.flatMap(({ alerts = [] }) => alerts);
    const links = dashboards.flatMap(panelsOf).flatMap(({ links: some = [] }) => some.map(({ url }) => url));
    expect(links).toEqual(named.map((name) => `$runbooks/${name}.md`));
  });

  it('name only alerts that exist', () => {
    const named = panels.flatMap(({ alerts = [], threshold = [] }) => alerts.concat(threshold));
    expect(named.filter((name) => !alertNames.includes(name))).toEqual([]);
  });

  it('are on the dashboard that their notification links to', () => {
    const stray = alertNames.filter((name) => {
      const uid = `audio-processor-${alertFiles[name]?.dashboard}`;
      return !panels.some((panel) => panel.uid === uid && panel.alerts?.includes(name));
    });
    expect(stray).toEqual([]);
  });

  it('draw their thresholds as series; no number of one is typed here', () => {
    const drawn = panels.filter(({ threshold }) => threshold !== undefined);
    expect(drawn.length).toBeGreaterThan(0);
    for (const { title, threshold, alerts = [] } of drawn) {
      expect(alerts, title).toContain(threshold);
      expect(alertFiles[threshold ?? '']?.values, title).toHaveProperty('threshold');
    }
    for (const { fieldConfig } of dashboards.flatMap(panelsOf)) {
      expect(fieldConfig?.defaults.thresholds).toBeUndefined();
    }
  });
});

test("the dashboards count the API's answers as its alert does", async () => {
  const file = join(chartDirectory, 'files/recording-rules/increase.yaml');
  const { counters } = parse(await readFile(file, 'utf8')) as {
    readonly counters: { readonly api_requests: { readonly matchers: string } };
  };
  expect(answers).toBe(counters.api_requests.matchers);
  expect(alertFiles.ApiErrorRateHigh?.expr).toContain(`,${failed}}`);
});
