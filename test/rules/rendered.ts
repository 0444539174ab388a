import { parse, stringify } from 'yaml';
import type { Manifest, RenderOptions } from '../../src/chart/helm.ts';
import { mergeValues, type ValueMap } from '../../src/values/merge.ts';
import { renderedObjects } from '../render/renders.ts';
import type { Kind } from './cases/case.ts';

/** Values that choose who evaluates the rules. */
const chosen: Readonly<Record<Kind, ValueMap>> = {
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

type Data = Readonly<Record<string, string>>;

/** Every kind. */
export const kinds = Object.keys(chosen) as readonly Kind[];

/**
 * The rules of a render as one file of Prometheus: from the ConfigMap, or from the PrometheusRule, whose `spec` is one.
 * @throws {Error} when there is none.
 */
export async function renderedRules(kind: Kind, options: RenderOptions = {}): Promise<string> {
  const values = mergeValues((options.values ?? {}) as ValueMap, [chosen[kind]]);
  const objects = await renderedObjects({ ...options, values });
  const rules = kind === 'bundled' ? fromConfigMap(objects) : fromRule(objects);
  if (rules === undefined) throw new Error(`no rules for ${kind}`);
  return stringify(rules);
}

function fromConfigMap(objects: readonly Manifest[]): unknown {
  const data = objects.flatMap(({ kind, data }) => (kind === 'ConfigMap' ? [data as Data] : []));
  const text = data.find((one) => one['audio-processor.yaml'] !== undefined)?.['audio-processor.yaml'];
  return text === undefined ? undefined : parse(text);
}

function fromRule(objects: readonly Manifest[]): unknown {
  return objects.find(({ kind }) => kind === 'PrometheusRule')?.spec;
}
