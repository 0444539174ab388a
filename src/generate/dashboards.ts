import type { Dashboard, Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboards } from '../dashboards/all.ts';
import type { GeneratedFile } from './files.ts';
import { generatedFrom } from './header.ts';

/** Where the chart's dashboards are, by uid. */
export const dashboardFolder = 'charts/audio-processor/files/dashboards';

/** A file for each dashboard. */
export function dashboardFiles(): readonly GeneratedFile[] {
  return dashboards.map((dashboard) => ({
    path: `${dashboardFolder}/${dashboard.uid}.json`,
    text: dashboardJson(dashboard),
  }));
}

/** A line for each panel: short enough for the chart's archive, and a difference shows where it is. */
function dashboardJson({ uid, title, description, panels = [], ...rest }: Dashboard): string {
  const source = generatedFrom('src/dashboards');
  const head = JSON.stringify({ uid, title, description: `${description} ${source}`, ...rest }).slice(0, -1);
  return `${head},"panels":[\n${panels.map(panelJson).join(',\n')}\n]}\n`;
}

/** Each link of a panel is to a runbook and has a line: without `monitoring.runbooks` the chart omits these lines. */
function panelJson(panel: Panel | RowPanel): string {
  if (!('links' in panel) || !panel.links?.length) return JSON.stringify(panel);
  const { links, ...rest } = panel;
  const lines = links.map((link) => JSON.stringify(link)).join(',\n');
  return `${JSON.stringify(rest).slice(0, -1)},"links":[\n${lines}\n]}`;
}
