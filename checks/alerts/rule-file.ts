import { parse } from 'yaml';
import type { Manifest } from '../../src/chart/helm.ts';
import type { ValueMap } from '../../src/values/merge.ts';

/** Who evaluates the rules: the chart's Prometheus, or an operator's. */
export type RuleKind = 'bundled' | 'operator';

/** A file of rules, as Prometheus reads it. */
export interface RuleFile {
  readonly groups: readonly { readonly rules: readonly Readonly<Record<string, unknown>>[] }[];
}

/** Values that choose who evaluates the rules. */
export const ruleKindValues: Readonly<Record<RuleKind, ValueMap>> = {
  bundled: { prometheus: { enabled: true }, monitoring: { operator: { enabled: false } } },
  operator: {
    prometheus: { enabled: false },
    alertmanager: { enabled: false },
    grafana: { enabled: false },
    monitoring: {
      operator: { enabled: true },
      public: { prometheus: false, alertmanager: false, grafana: false },
    },
  },
};

/**
 * The rules of a render: from the ConfigMap, or from the PrometheusRule, whose `spec` is a rule file.
 * @throws {Error} when the render has none.
 */
export function ruleFileOf(kind: RuleKind, objects: readonly Manifest[]): RuleFile {
  const rules = kind === 'bundled' ? fromConfigMap(objects) : fromPrometheusRule(objects);
  if (rules === undefined) throw new Error(`no rules for ${kind}`);
  return rules as RuleFile;
}

/** An alert with every recording rule that it reads, by itself or through another. */
export function rulesFor(alert: string, { groups }: RuleFile): RuleFile {
  const all = groups.flatMap(({ rules }) => rules);
  const needed = new Set(all.filter((rule) => rule.alert === alert));
  for (const { expr } of needed) {
    const read = new Set(`${expr}`.match(/audio_processor:[\w:]+/g));
    for (const rule of all) if (read.has(`${rule.record}`)) needed.add(rule);
  }
  return { groups: [{ ...groups[0], rules: all.filter((rule) => needed.has(rule)) }] };
}

function fromConfigMap(objects: readonly Manifest[]): unknown {
  const data = objects.flatMap(({ kind, data }) =>
    kind === 'ConfigMap' ? [data as Readonly<Record<string, string>>] : [],
  );
  const text = data.find((one) => one['audio-processor.yaml'] !== undefined)?.['audio-processor.yaml'];
  return text === undefined ? undefined : parse(text);
}

function fromPrometheusRule(objects: readonly Manifest[]): unknown {
  return objects.find(({ kind }) => kind === 'PrometheusRule')?.spec;
}
