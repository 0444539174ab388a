import { alertmanagerValues, severityRoute } from './alertmanager.ts';
import { grafanaValues } from './grafana.ts';
import { inhibitions } from './inhibitions.ts';
import { boolean, object, type Schema } from './kit.ts';
import { prometheusValues } from './prometheus.ts';
import { serverDefinitions } from './server.ts';

/** A server that is a subchart: what it is called, and its values but the switch. */
interface Subchart {
  readonly title: string;
  readonly values: Readonly<Record<string, Schema>>;
}

/** The subcharts by their names. */
export const subcharts = {
  prometheus: { title: 'Prometheus', values: prometheusValues },
  alertmanager: { title: 'Alertmanager', values: alertmanagerValues(inhibitions) },
  grafana: { title: 'Grafana', values: grafanaValues },
} satisfies Readonly<Record<string, Subchart>>;

/** Name of a subchart. */
export type SubchartName = keyof typeof subcharts;

/** Shapes that the sections of the subcharts use beside those of every section. */
export const subchartDefinitions = { ...serverDefinitions, severityRoute } as const satisfies Readonly<
  Record<string, Schema>
>;

/** Values of a subchart as a section of this chart's: off by default. */
export function subchartSection(name: SubchartName): Schema {
  const { title, values }: Subchart = subcharts[name];
  return object(`The subchart \`${name}\`: one ${title}, for evaluation and small clusters.`, {
    enabled: boolean(`Install the bundled ${title} (\`condition\` of the dependency).`, false),
    ...values,
  });
}

/**
 * The schema that Helm reads: with the keys that Helm adds before it checks the values, and that nobody sets. Each subchart gets a
 * copy of the root's `global`; so does the library chart `server`, which has no other values.
 */
export function withHelmKeys(root: Schema): Schema {
  const names = Object.keys(subcharts) as SubchartName[];
  const sections = names.map((name) => {
    const section = root.properties?.[name] ?? { type: 'object' };
    return [name, { ...section, properties: { ...section.properties, global: helmGlobal } }] as const;
  });
  const server = object('The library chart `server`: no values to set.', {});
  return {
    ...root,
    properties: {
      ...root.properties,
      ...Object.fromEntries(sections),
      server: { ...server, properties: { global: helmGlobal } },
    },
  };
}

const helmGlobal: Schema = {
  type: 'object',
  description: 'A copy of the root value `global`, which Helm makes; set it there.',
  additionalProperties: true,
};
