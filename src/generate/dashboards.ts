import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
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

/** A line for each panel: short enough for the chart's archive, and a change is seen where it is. */
function dashboardJson({ uid, title, description, panels = [], ...rest }: Dashboard): string {
  const source = generatedFrom('src/dashboards');
  const head = JSON.stringify({ uid, title, description: `${description} ${source}`, ...rest }).slice(0, -1);
  return `${head},"panels":[\n${panels.map((panel) => JSON.stringify(panel)).join(',\n')}\n]}\n`;
}
