import { alertmanagerValues, severityRoute } from './alertmanager.ts';
import { fragmentDefinitions } from './fragments.ts';
import { grafanaValues } from './grafana.ts';
import { inhibitions } from './inhibitions.ts';
import { boolean, object, type Schema } from './kit.ts';
import { naming } from './naming.ts';
import { prometheusValues } from './prometheus.ts';
import { serverDefinitions } from './server.ts';
import { standaloneDefinitions } from './standalone.ts';

/** A server that is a subchart: what it is called, and its values but the switch. */
interface Subchart {
  readonly title: string;
  readonly values: Readonly<Record<string, Schema>>;
  /** The same with the defaults that this chart has for it, where they differ. */
  readonly here?: Readonly<Record<string, Schema>>;
}

/** The subcharts by their names. */
export const subcharts = {
  prometheus: { title: 'Prometheus', values: prometheusValues },
  alertmanager: {
    title: 'Alertmanager',
    values: alertmanagerValues({}),
    here: alertmanagerValues(inhibitions),
  },
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
  const { title, values, here = values }: Subchart = subcharts[name];
  const section = object(`The subchart \`${name}\`: one ${title}, for evaluation and small clusters.`, {
    enabled: boolean(`Whether the bundled ${title} is installed.`, false),
    ...here,
  });
  return { ...section, properties: { ...section.properties, global: helmGlobal } };
}

/** Helm looks at the section only after it has put the root's `global` into it. */
const helmGlobal: Schema = {
  type: 'object',
  description: 'Where Helm repeats `global` of the root; set it there.',
  additionalProperties: true,
};

/** Schema of a subchart that is installed alone. It holds the definitions that it uses, and no other. */
export function subchartSchema(name: SubchartName): Schema {
  const { title, values } = subcharts[name];
  const schema = object(`All values of the chart ${name}.`, {
    global: naming.global,
    // As the parent's own default: `<name>: null` in its values leaves this one.
    enabled: boolean(`Whether a chart that has it as its part installs it; alone it is always there.`, false),
    ...values,
  });
  return { ...schema, title: `Values of the chart ${title}`, $defs: definitionsOf(schema) };
}

/** Shared definitions that a schema refers to, and those that they refer to. */
function definitionsOf(schema: Schema): Readonly<Record<string, Schema>> {
  const all: Readonly<Record<string, Schema>> = {
    ...fragmentDefinitions,
    ...standaloneDefinitions,
    ...subchartDefinitions,
  };
  const used = new Set<string>();
  const collect = (text: string): void => {
    for (const [, name = ''] of text.matchAll(/#\/\$defs\/(\w+)/g)) {
      if (used.has(name)) continue;
      used.add(name);
      collect(JSON.stringify(all[name]));
    }
  };
  collect(JSON.stringify(schema));
  return Object.fromEntries(Object.entries(all).filter(([name]) => used.has(name)));
}
