import { parse } from 'yaml';
import { hashOf } from '../../src/tools/cache.ts';
import { type RuleFile, rulesFor } from '../rules/promtool.ts';
import { renderedRules } from '../rules/rendered.ts';

/**
 * What an alert and the records that it reads ask with the chart's defaults, as a hash: as long as it stays, so does what
 * was measured. Texts do not count.
 */
export async function fingerprint(alert: string): Promise<string> {
  const { groups } = rulesFor(alert, parse(await renderedRules('bundled')) as RuleFile);
  const asked = groups.flatMap(({ rules }) => rules.map(({ annotations: _annotations, ...rule }) => rule));
  return hashOf(JSON.stringify(asked));
}
