import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { alertNames } from '../../../src/schema/alerts.ts';
import { repositoryRoot } from '../../../src/tools/versions.ts';
import { rounds } from '../../alerts/faults.ts';
import { alertsPage, type Proof } from '../../alerts/page.ts';

const file = (path: string) => readFile(join(repositoryRoot, path), 'utf8');
const proof = async () => JSON.parse(await file('docs/alerts.json')) as Proof;

it('every alert but Watchdog has a fault, and no fault has an alert that is not there', () => {
  const faults = new Set(rounds.flat().map(({ alert }) => alert));
  expect([...faults].sort()).toEqual(alertNames.filter((name) => name !== 'Watchdog').sort());
});

it('docs/alerts.md is what the last proof measured', async () => {
  expect(await file('docs/alerts.md')).toBe(alertsPage(await proof(), rounds.flat()));
});

it('every row is of a fault that there is, and leaves no cell empty', async () => {
  const { rows } = await proof();
  const title = ({ alert, what }: { readonly alert: string; readonly what: string }) => `${alert}: ${what}`;
  expect(rounds.flat().map(title)).toEqual(expect.arrayContaining(rows.map(title)));
  for (const row of rows) {
    expect(row.toNotification, title(row)).toBeGreaterThan(0);
    expect(row.toResolve, title(row)).toBeGreaterThan(0);
    expect(row.severity, title(row)).toMatch(/^(critical|warning)$/);
  }
});
