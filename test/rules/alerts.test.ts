import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { faults } from '../../checks/alerts/faults.ts';
import type { RuleFile } from '../../checks/alerts/rule-file.ts';
import { alertNames, alerts } from '../../src/schema/alerts.ts';
import { repositoryRoot } from '../../src/tools/versions.ts';
import { cases as renders } from '../render/support.ts';
import { documentedCommands } from '../support/documented-commands.ts';
import { type Case, sorts } from './case.ts';
import { cases } from './cases.ts';
import { checkRules, testRules } from './promtool.ts';
import { kinds, renderedRules } from './rendered.ts';

const examplesOf = (name: string) => cases[name] ?? [];

/** One of each that an expression has to tell apart. */
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

const rules = async () => ({
  bundled: await renderedRules('bundled', { values: service }),
  operator: await renderedRules('operator', { values: service }),
});

/** Defaults of an alert that are a share of 1, in percent. */
const ratios = (name: string) =>
  Object.values(alerts[name]?.values ?? {}).flatMap(({ unit, default: value }) =>
    unit === 'ratio' ? [Math.round(Number(value) * 100)] : [],
  );

/** Defaults of an alert that are times. */
const durations = (name: string) => [
  alerts[name]?.for,
  ...Object.values(alerts[name]?.values ?? {}).map((value) => `${value.default}`),
];

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

/** Of some cases, those that promtool does not name with another expression for each alert; one kind is enough. */
async function unseen(
  expression: (old: string) => string,
  some: (example: Case) => boolean,
): Promise<readonly string[]> {
  const bundled = withExpressions((await rules()).bundled, expression);
  const asked = Object.entries(cases).map(([name, examples]) => [name, examples.filter(some)] as const);
  const { ok, text } = await testRules({ bundled }, Object.fromEntries(asked));
  expect(ok).toBe(false);
  const titles = asked.flatMap(([name, examples]) => examples.map(({ title }) => `${name} ${title}`));
  expect(titles.length).toBeGreaterThan(5);
  return titles.filter((title) => !text.includes(`bundled: ${title}`));
}

describe('every alert of the list', () => {
  const namesOf = (folder: string) =>
    readdirSync(join(repositoryRoot, folder))
      .map((file) => file.replace(/\.\w+$/, ''))
      .sort();

  test('has a runbook, rule tests and a fault by its name, and nothing else has', () => {
    expect(namesOf('docs/runbooks')).toEqual(alertNames);
    expect(namesOf('test/rules/cases')).toEqual(alertNames);
    expect(namesOf('checks/alerts/faults')).toEqual(alertNames);
    for (const name of alertNames) expect(faults.map(({ alert }) => alert)).toContain(name);
  });

  test.each(alertNames)('%s has a runbook with three commands to begin with, and a way out', async (name) => {
    const file = `docs/runbooks/${name}.md`;
    const headings = [...readFileSync(join(repositoryRoot, file), 'utf8').matchAll(/^#+ (.+)$/gm)];
    expect(headings.map(([, heading]) => heading)).toEqual([
      ...[name, 'Meaning', 'Impact', 'First three commands', 'Causes and how to check', 'Remedy'],
    ]);
    const [block, ...others] = await documentedCommands(file);
    expect(others).toEqual([]);
    const commands = block?.code.trim().split('\n') ?? [];
    expect(commands).toHaveLength(3);
    // The servers may stand elsewhere than the service.
    const place =
      name === 'Watchdog' ? /^kubectl get .* --all-namespaces / : /^kubectl --namespace ml-service [a-z]/;
    for (const command of commands) expect(command).toMatch(place);
  });

  test.each(alertNames)(
    '%s has a runbook with the numbers of its defaults and its expression alone',
    (name) => {
      const text = readFileSync(join(repositoryRoot, `docs/runbooks/${name}.md`), 'utf8');
      const expression = alerts[name]?.expr ?? '';
      const meaning = text.split('## Impact')[0] ?? '';
      for (const [said, number, unit] of meaning.matchAll(/(\d+) (%|minutes?)/g)) {
        const known =
          unit === '%'
            ? ratios(name).includes(Number(number))
            : durations(name).includes(`${number}m`) || expression.includes(`${Number(number) * 60}`);
        expect(known, `${name}: ${said}`).toBe(true);
      }
    },
  );

  test.each(alertNames)('%s has a case of each sort, and one with its texts', (name) => {
    // What always fires has no threshold.
    const asked = sorts.filter((sort) => name !== 'Watchdog' || sort !== 'threshold');
    const found = new Set(examplesOf(name).map(({ sort }) => sort));
    expect(asked.filter((sort) => !found.has(sort))).toEqual([]);
    expect(
      examplesOf(name)
        .flatMap(({ fires }) => fires)
        .some(({ description }) => description),
    ).toBe(true);
  });
});

describe('what is rendered', () => {
  test('says what every case expects, of both kinds', async () => {
    const { ok, text } = await testRules(await rules(), cases);
    expect(ok, text).toBe(true);
  });

  test('would be found out if it said nothing', async () => {
    expect(
      await unseen(
        () => 'vector(1) > 1',
        ({ fires }) => fires.length > 0,
      ),
    ).toEqual([]);
  });

  test('would be found out if it spoke at the threshold already', async () => {
    const eager = (old: string) => old.replaceAll(/ ?([<>]) (?=[\d(])/g, ' $1= ');
    expect(await unseen(eager, ({ title }) => title.includes('exactly'))).toEqual([]);
  });

  test('is a file of rules without fault or double, in every environment and of both kinds', async () => {
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

  test('is refused when an expression is broken', async () => {
    const broken = withExpressions(await renderedRules('bundled'), (old) => old.replace('(', '(('));
    const { ok, text } = await checkRules({ 'broken.yaml': broken });
    expect(ok).toBe(false);
    expect(text).toContain('could not parse expression');
  });
});
