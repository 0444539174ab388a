import {
  ConstantVariableBuilder,
  CustomVariableBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { datasource, type PanelSpec, panelOf } from './panel.ts';
import { own } from './selector.ts';

/** What a dashboard is made of. */
export interface DashboardSpec {
  /** Never changes: links and bookmarks contain it. */
  readonly uid: string;
  readonly title: string;
  /** The question that it answers. */
  readonly description: string;
  readonly rows: readonly { readonly title: string; readonly panels: readonly PanelSpec[] }[];
  /** Start of the time range; `now-1h` by default. */
  readonly from?: string;
  /** Refresh interval; 30s by default. */
  readonly refresh?: string;
  /** Further variables: a choice by hand (`{objective: '0.99,0.999'}`), the first of which is taken. */
  readonly choices?: Readonly<Record<string, string>>;
  /** Further variables, each with all values of a label: `{pool: 'audio_processor:queue_pool:info'}`. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Carried by every dashboard of the chart; their links to each other find it. */
const tag = 'audio-processor';

/** Placeholder for `monitoring.runbooks`, which `templates/monitoring/dashboards/dashboards-configmap.yaml` fills. */
export const runbooksPlace = 'https://runbooks.invalid';

/** The dashboard as Grafana reads it, with an id for each panel: without one a panel cannot be linked. */
export function dashboardOf(spec: DashboardSpec): Dashboard {
  const builder = new DashboardBuilder(spec.title)
    .uid(spec.uid)
    .description(spec.description)
    .tags([tag])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: spec.from ?? 'now-1h', to: 'now' })
    .refresh(spec.refresh ?? '30s')
    .variables(variables(spec))
    .link(
      new DashboardLinkBuilder('Audio processor')
        .type(DashboardLinkType.Dashboards)
        .tags([tag])
        .includeVars(true)
        .keepTime(true),
    );
  let id = 0;
  const next = () => {
    id += 1;
    return id;
  };
  for (const { title, panels } of spec.rows) {
    builder.withRow(new RowBuilder(title).id(next()));
    for (const panel of panels) builder.withPanel(panelOf(panel, next()));
  }
  return builder.build();
}

function variables({ choices = {}, labels = {} }: DashboardSpec) {
  // Of the API there is always one.
  const any = 'audio_processor:pool_replicas:min';
  return [
    new DatasourceVariableBuilder('datasource')
      .label('Prometheus')
      .type('prometheus')
      .current({ selected: true, text: 'prometheus', value: 'prometheus' }),
    labelValues('namespace', 'Namespace', `label_values(${any}, namespace)`),
    labelValues('release', 'Release', `label_values(${any}{namespace="$namespace"}, release)`),
    ...Object.entries(labels).map(([label, metric]) =>
      labelValues(label, label, `label_values(${own(metric)}, ${label})`)
        .multi(true)
        .includeAll(true)
        .current({ selected: true, text: ['All'], value: ['$__all'] }),
    ),
    ...Object.entries(choices).map(([name, values]) => {
      const [first = ''] = values.split(',');
      return new CustomVariableBuilder(name).values(values).current({ text: first, value: first });
    }),
    new ConstantVariableBuilder('runbooks').value(runbooksPlace),
  ];
}

function labelValues(name: string, label: string, query: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(datasource)
    .definition(query)
    .query({ query, refId: name })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc);
}
