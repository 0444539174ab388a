import { renderChart } from '../../src/chart/helm.ts';
import { hashOf } from '../../src/tools/cache.ts';
import { type RuleFile, ruleFileOf, ruleKindValues, rulesFor } from './rule-file.ts';

/** The rules of the chart's own Prometheus with the default values. */
export async function defaultRules(): Promise<RuleFile> {
  return ruleFileOf('bundled', await renderChart({ values: ruleKindValues.bundled }));
}

/**
 * Hash of an alert and of the recording rules that it reads: while it is the same, what was measured is still true.
 * Annotations do not count.
 */
export function fingerprint(alert: string, rules: RuleFile): string {
  const { groups } = rulesFor(alert, rules);
  const rulesOnly = groups.flatMap((group) =>
    group.rules.map(({ annotations: _annotations, ...rule }) => rule),
  );
  return hashOf(JSON.stringify(rulesOnly));
}
