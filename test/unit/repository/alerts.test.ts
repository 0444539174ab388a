import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { faults } from '../../../checks/alerts/faults.ts';
import { alertNames, alerts } from '../../../src/schema/alerts.ts';
import { repositoryRoot } from '../../../src/tools/versions.ts';
import { sorts } from '../../rules/case.ts';
import { cases } from '../../rules/cases.ts';
import { documentedCommands } from '../../support/documented-commands.ts';

const examplesOf = (name: string) => cases[name] ?? [];

/** Defaults of an alert that are ratios, in percent. */
const ratios = (name: string) =>
  Object.values(alerts[name]?.values ?? {}).flatMap(({ unit, default: value }) =>
    unit === 'ratio' ? [Math.round(Number(value) * 100)] : [],
  );

/** Defaults of an alert that are durations. */
const durations = (name: string) => [
  alerts[name]?.for,
  ...Object.values(alerts[name]?.values ?? {}).map((value) => `${value.default}`),
];

describe('every alert', () => {
  const namesOf = (folder: string) =>
    readdirSync(join(repositoryRoot, folder))
      .map((file) => file.replace(/\.\w+$/, ''))
      .sort();

  test('has a runbook and rule tests by its name, and nothing else has', () => {
    expect(namesOf('docs/runbooks')).toEqual(alertNames);
    expect(namesOf('test/rules/cases')).toEqual(alertNames);
  });

  // A release needs a fault for each alert, and its measurement: test/long/alerts-page.test.ts.
  test('is the one of each fault', () => {
    const known = new Set(alertNames);
    expect(faults.filter(({ alert }) => !known.has(alert))).toEqual([]);
  });

  test.each(alertNames)('%s has a runbook with three commands and a remedy', async (name) => {
    const file = `docs/runbooks/${name}.md`;
    const headings = [...readFileSync(join(repositoryRoot, file), 'utf8').matchAll(/^#+ (.+)$/gm)];
    expect(headings.map(([, heading]) => heading)).toEqual([
      ...[name, 'Meaning', 'Impact', 'First three commands', 'Causes and how to check', 'Remedy'],
    ]);
    const [block, ...others] = await documentedCommands(file);
    expect(others).toEqual([]);
    const commands = block?.code.trim().split('\n') ?? [];
    expect(commands).toHaveLength(3);
    // Prometheus and Alertmanager may run in another namespace than the service.
    const place =
      name === 'Watchdog' ? /^kubectl get .* --all-namespaces / : /^kubectl --namespace ml-service [a-z]/;
    for (const command of commands) expect(command).toMatch(place);
  });

  test.each(alertNames)('%s has a runbook whose numbers are those of its file', (name) => {
    const text = readFileSync(join(repositoryRoot, `docs/runbooks/${name}.md`), 'utf8');
    const expression = alerts[name]?.expr ?? '';
    const meaning = text.split('## Impact')[0] ?? '';
    for (const [quoted, number, unit] of meaning.matchAll(/(\d+) (%|minutes?)/g)) {
      const known =
        unit === '%'
          ? ratios(name).includes(Number(number))
          : durations(name).includes(`${number}m`) || expression.includes(`${Number(number) * 60}`);
      expect(known, quoted).toBe(true);
    }
  });

  test.each(alertNames)('%s has a rule test of each sort, and one with its texts', (name) => {
    // Watchdog always fires and has no threshold.
    const needed = sorts.filter((sort) => name !== 'Watchdog' || sort !== 'threshold');
    const found = new Set(examplesOf(name).map(({ sort }) => sort));
    expect(needed.filter((sort) => !found.has(sort))).toEqual([]);
    expect(
      examplesOf(name)
        .flatMap(({ fires }) => fires)
        .some(({ description }) => description),
    ).toBe(true);
  });
});
