import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { RuleFile } from '../../checks/alerts/rule-file.ts';
import { knownMetrics } from '../../src/dashboards/metrics.ts';
import { parsePromql } from '../../src/dashboards/promql.ts';
import { cases as renders } from '../render/support.ts';
import { kinds, renderedRules } from './rendered.ts';

interface Rendered {
  readonly where: string;
  readonly record: string | undefined;
  readonly expr: string;
}

/** Everything that a rule is rendered for: each environment and overlay may leave some out. */
const everything = {
  flower: { enabled: true },
  monitoring: { gpu: { enabled: true } },
  workers: {
    pools: {
      cpu: { scaling: { engine: 'hpa', max: 4 } },
      gpu: { enabled: true },
      dark: { queues: { dark_queue: {} }, metrics: { enabled: false } },
    },
  },
};

/** Every rule of every environment and overlay, of both kinds. */
async function everyRule(): Promise<readonly Rendered[]> {
  const inputs = [...renders(), { title: 'everything', options: { values: everything } }];
  const found = inputs.flatMap(({ title, options }) =>
    kinds.map(async (kind) => {
      const { groups } = parse(await renderedRules(kind, options)) as RuleFile;
      return groups
        .flatMap(({ rules }) => rules)
        .map(({ alert, record, expr }) => ({
          where: `${title}, ${kind}: ${alert ?? record}`,
          record: record === undefined ? undefined : `${record}`,
          expr: `${expr}`,
        }));
    }),
  );
  return (await Promise.all(found)).flat();
}

/** Syntax errors of rules, and metrics that they query and that do not exist. */
function unknownMetrics(rules: readonly Rendered[]): readonly string[] {
  return rules.flatMap(({ where, expr }) => {
    const { errors, selectors } = parsePromql(expr);
    const strange = selectors.map(({ metric }) => metric).filter((metric) => !(metric in knownMetrics));
    return [...errors, ...strange].map((text) => `${where}: ${text}`);
  });
}

let rules: readonly Rendered[];
beforeAll(async () => {
  rules = await everyRule();
}, 120_000);

describe('every alerting and recording rule, of both kinds', () => {
  test('queries metrics that exist', () => {
    expect(rules.length).toBeGreaterThan(500);
    expect(unknownMetrics(rules)).toEqual([]);
  });

  test('is reported with a metric that does not exist', () => {
    const wrong = rules.map((rule) => ({
      ...rule,
      expr: rule.expr.replaceAll('celery_worker_task_seconds_bucket', 'celery_task_seconds_bucket'),
    }));
    const found = unknownMetrics(wrong);
    expect(found.length).toBeGreaterThan(0);
    for (const text of found) expect(text).toMatch(/: SlowProcessing: celery_task_seconds_bucket$/);
  });

  test('records a series of the list of metrics, and the list has no other', () => {
    const made = new Set(rules.flatMap(({ record = [] }) => record));
    const listed = Object.keys(knownMetrics).filter((name) => knownMetrics[name]?.from === 'rule');
    expect([...made].sort()).toEqual(listed.sort());
  });
});
