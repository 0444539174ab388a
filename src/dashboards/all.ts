import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { broker } from './broker.ts';
import { type DashboardSpec, dashboardOf } from './dashboard.ts';
import { extractors } from './extractors.ts';
import { gpu } from './gpu.ts';
import { overview } from './overview.ts';
import { queriesOf } from './panel.ts';
import { queues } from './queues.ts';
import { slo } from './slo.ts';

/** Every dashboard of the chart, in the order of the docs. */
export const dashboardSpecs: readonly DashboardSpec[] = [overview, queues, extractors, gpu, broker, slo];

/** The same as Grafana reads them. */
export const dashboards: readonly Dashboard[] = dashboardSpecs.map(dashboardOf);

/** One expression of a dashboard. */
export interface Expression {
  /** Uid of the dashboard. */
  readonly dashboard: string;
  /** Title of the row and of the panel in it. */
  readonly row: string;
  readonly panel: string;
  /** With Grafana's variables; `withVariables` of `promql.ts` replaces them. */
  readonly expr: string;
}

/** Every expression of every panel, threshold lines included. */
export function expressions(): readonly Expression[] {
  return dashboardSpecs.flatMap(({ uid, rows }) =>
    rows.flatMap((row) =>
      row.panels.flatMap((panel) =>
        queriesOf(panel).map(({ expr }) => ({ dashboard: uid, row: row.title, panel: panel.title, expr })),
      ),
    ),
  );
}
