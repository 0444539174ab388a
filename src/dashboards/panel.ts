import { PanelBuilder as BarGauge } from '@grafana/grafana-foundation-sdk/bargauge';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  DashboardLinkBuilder,
  DashboardLinkType,
  type DynamicConfigValue,
  type Panel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import { own } from './selector.ts';

/** One query of a panel, and the name of its series in the legend: `{{queue}}`. */
export interface Query {
  readonly expr: string;
  readonly legend: string;
  /** On a separate axis, for a series in another order of magnitude. */
  readonly rightAxis?: boolean;
  /** Red and dashed: what the other series should not cross. */
  readonly bound?: boolean;
}

/** What a panel shows. Ids, reference letters and places are given by the dashboard. */
export interface PanelSpec {
  /** `lines` over time, the `latest` value, `bars` of latest values, or a `table` of labels. */
  readonly kind: 'lines' | 'latest' | 'bars' | 'table';
  readonly title: string;
  readonly description: string;
  /** A unit of Grafana, from the SDK's `units`. */
  readonly unit: string;
  /** Columns of 24. */
  readonly width: number;
  readonly queries: readonly Query[];
  /** Alerts that this panel explains; each gets a link to its runbook. */
  readonly alerts?: readonly string[];
  /** The one of them whose threshold is drawn. Its number comes from the rule, never from here. */
  readonly threshold?: string;
  /** Largest value of the axis, where there is one. */
  readonly max?: number;
  /** Variable for each of whose values there is a copy. */
  readonly repeat?: string;
  /** Columns of a table, in order: label and heading. */
  readonly columns?: Readonly<Record<string, string>>;
}

/** The variable that chooses the Prometheus. */
export const datasource = { type: 'prometheus', uid: '$datasource' };

/** Where the runbooks are: a variable that the chart fills (`monitoring.runbooks`). */
export const runbookOf = (alert: string): string => `$runbooks/${alert}.md`;

/** The queries of a panel, that of its threshold last. */
export function queriesOf({ queries, threshold }: PanelSpec): readonly Query[] {
  if (threshold === undefined) return queries;
  const expr = own('audio_processor:alert_threshold', `alertname="${threshold}"`);
  return [...queries, { expr, legend: 'threshold', bound: true }];
}

/** A panel of the SDK. */
export function panelOf(spec: PanelSpec, id: number): Builder<Panel> {
  const { alerts = [] } = spec;
  const queries = queriesOf(spec);
  const isInstant = spec.kind === 'table' || spec.kind === 'bars';
  const builder = drawn(spec)
    .id(id)
    .title(spec.title)
    .description(spec.description)
    .datasource(datasource)
    .unit(spec.unit)
    .span(spec.width)
    .height(spec.kind === 'latest' ? 4 : 8)
    .targets(queries.map((query, index) => target(query, letter(index), isInstant)))
    .links(alerts.map((alert) => runbook(alert)));
  for (const [index, { rightAxis, bound }] of queries.entries()) {
    if (rightAxis === true) builder.overrideByQuery(letter(index), asOther);
    if (bound === true) builder.overrideByQuery(letter(index), asBound);
  }
  if (spec.max !== undefined) builder.max(spec.max);
  if (spec.repeat !== undefined) builder.repeat(spec.repeat).maxPerRow(2);
  return builder;
}

type Drawn = TimeSeries | Stat | BarGauge | Table;

function drawn(spec: PanelSpec): Drawn {
  const last = new ReduceDataOptionsBuilder().calcs(['lastNotNull']);
  switch (spec.kind) {
    case 'lines':
      return new TimeSeries()
        .min(0)
        .fillOpacity(10)
        .legend(legend())
        .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi));
    case 'latest':
      return new Stat().reduceOptions(last);
    case 'bars':
      return new BarGauge().reduceOptions(last).orientation(VizOrientation.Horizontal).min(0);
    case 'table':
      return new Table().withTransformation(chosenColumns(spec.columns ?? {}));
  }
}

const asOther: DynamicConfigValue[] = [{ id: 'custom.axisPlacement', value: 'right' }];

/** Red and dashed, without the fill of the series that it bounds. */
const asBound: DynamicConfigValue[] = [
  { id: 'color', value: { mode: 'fixed', fixedColor: 'red' } },
  { id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 8] } },
  { id: 'custom.fillOpacity', value: 0 },
];

function target({ expr, legend }: Query, refId: string, isInstant: boolean): DataqueryBuilder {
  const query = new DataqueryBuilder().datasource(datasource).expr(expr).refId(refId).legendFormat(legend);
  return isInstant ? query.instant().format(PromQueryFormat.Table) : query.range();
}

function letter(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}

function runbook(alert: string): DashboardLinkBuilder {
  return new DashboardLinkBuilder(`Runbook: ${alert}`)
    .type(DashboardLinkType.Link)
    .url(runbookOf(alert))
    .targetBlank(true);
}

function legend(): VizLegendOptionsBuilder {
  return new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom);
}

/** Shows the labels that are named, and no other. */
function chosenColumns(columns: Readonly<Record<string, string>>) {
  return {
    id: 'organize',
    options: {
      includeByName: Object.fromEntries(Object.keys(columns).map((label) => [label, true])),
      indexByName: Object.fromEntries(Object.keys(columns).map((label, index) => [label, index])),
      renameByName: columns,
    },
  };
}
