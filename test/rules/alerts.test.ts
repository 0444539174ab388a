import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { RuleFile } from '../../checks/alerts/rule-file.ts';

import { cases as renders } from '../render/support.ts';
import type { Case } from './case.ts';
import { cases } from './cases.ts';
import { checkRules, testRules } from './promtool.ts';
import { kinds, renderedRules } from './rendered.ts';

/** Values with one of everything that an expression distinguishes. */
const service = {
  flower: { enabled: true },
  workers: {
    pools: {
      cpu: { scaling: { engine: 'hpa', max: 4 } },
      gpu: { enabled: true },
      batch: { queues: { async_batch_queue: {} }, slowAfter: '30m', scaling: { engine: 'keda', min: 0 } },
      dark: { queues: { dark_queue: {} }, metrics: { enabled: false } },
    },
  },
};

const rules = {
  bundled: await renderedRules('bundled', { values: service }),
  operator: await renderedRules('operator', { values: service }),
};

/** The rules with another expression for each alert. */
function withExpressions(text: string, expression: (old: string) => string): string {
  const file = parse(text) as RuleFile;
  const groups = file.groups.map((group) => ({
    ...group,
    rules: group.rules.map((rule) =>
      rule.alert === undefined ? rule : { ...rule, expr: expression(`${rule.expr}`) },
    ),
  }));
  return stringify({ ...file, groups });
}

/** The chosen cases that pass with another expression for each alert, by their titles; one kind of rules is enough. */
async function passing(
  expression: (old: string) => string,
  some: (example: Case) => boolean,
): Promise<readonly string[]> {
  const bundled = withExpressions(rules.bundled, expression);
  const chosen = Object.entries(cases).map(([name, examples]) => [name, examples.filter(some)] as const);
  const { ok, text } = await testRules({ bundled }, Object.fromEntries(chosen));
  expect(ok).toBe(false);
  const titles = chosen.flatMap(([name, examples]) => examples.map(({ title }) => `${name} ${title}`));
  expect(titles.length).toBeGreaterThan(5);
  return titles.filter((title) => !text.includes(`bundled: ${title}`));
}

describe('promtool, on the rendered rules', () => {
  // `-t <Name>` selects the alert that one works on.
  test.each(Object.keys(cases))(
    '%s: every case gets what it expects, from both kinds of rules',
    async (name) => {
      const { ok, text } = await testRules(rules, { [name]: cases[name] ?? [] });
      expect(ok, text).toBe(true);
    },
  );

  test('fails every case that fires when no alert fires', async () => {
    expect(
      await passing(
        () => 'vector(1) > 1',
        ({ fires }) => fires.length > 0,
      ),
    ).toEqual([]);
  });

  test('fails every case at a threshold when alerts fire at it already', async () => {
    const eager = (old: string) => old.replaceAll(/ ?([<>]) (?=[\d(])/g, ' $1= ');
    expect(await passing(eager, ({ title }) => title.includes('exactly'))).toEqual([]);
  });

  test('finds no error and no duplicate in the rules of any environment and of both kinds', async () => {
    const files = await Promise.all(
      renders().flatMap(({ title, options }) =>
        kinds.map(async (kind) => {
          const name = `${title}-${kind}`.replaceAll(/[^a-z0-9]+/g, '-');
          return [`${name}.yaml`, await renderedRules(kind, options)] as const;
        }),
      ),
    );
    const { ok, text } = await checkRules(Object.fromEntries(files));
    expect(ok, text).toBe(true);
  });

  test('refuses an expression with a syntax error', async () => {
    const broken = withExpressions(await renderedRules('bundled'), (old) => old.replace('(', '(('));
    const { ok, text } = await checkRules({ 'broken.yaml': broken });
    expect(ok).toBe(false);
    expect(text).toContain('could not parse expression');
  });
});
