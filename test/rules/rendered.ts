import { stringify } from 'yaml';
import { ruleFileOf, ruleKindValues } from '../../checks/alerts/rule-file.ts';
import { type RenderOptions, renderChart } from '../../src/chart/helm.ts';
import { mergeValues, type ValueMap } from '../../src/values/merge.ts';
import type { Kind } from './case.ts';

/** Every kind. */
export const kinds = Object.keys(ruleKindValues) as readonly Kind[];

/**
 * The rules of a render as one file of Prometheus.
 * @throws {Error} when there is none.
 */
export async function renderedRules(kind: Kind, options: RenderOptions = {}): Promise<string> {
  const values = mergeValues((options.values ?? {}) as ValueMap, [ruleKindValues[kind]]);
  return stringify(ruleFileOf(kind, await renderChart({ ...options, values })));
}
