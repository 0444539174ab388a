import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type AlertName, alertNames, alerts } from '../../../src/schema/alerts.ts';
import { repositoryRoot } from '../../../src/tools/versions.ts';
import { rounds } from '../../alerts/faults.ts';
import { alertsPage, type Proof } from '../../alerts/page.ts';

const file = (path: string) => readFile(join(repositoryRoot, path), 'utf8');
const proof = async () => JSON.parse(await file('docs/alerts.json')) as Proof;

it('every alert has a fault, and no fault has an alert that is not there', () => {
  const faults = new Set(rounds.flat().map(({ alert }) => alert));
  expect([...faults].sort()).toEqual([...alertNames].sort());
});

it('docs/alerts.md is what the last proof measured', async () => {
  expect(await file('docs/alerts.md')).toBe(alertsPage(await proof(), rounds.flat()));
});

it('every fault has a row, and no row leaves a cell empty', async () => {
  const { rows } = await proof();
  const title = ({ alert, what }: { readonly alert: string; readonly what: string }) => `${alert}: ${what}`;
  expect(rows.map(title)).toEqual(rounds.flat().map(title));
  for (const row of rows) {
    expect(row.toNotification, title(row)).toBeGreaterThan(0);
    expect(row.toResolve, title(row)).toBeGreaterThan(0);
    expect(row.severity, title(row)).toBe(alerts[row.alert as AlertName].severity);
  }
});

it('what is critical is told within seven minutes, and a part that is gone within three and a half', async () => {
  const { rows } = await proof();
  const late = rows.filter(({ alert, severity, toNotification }) => {
    return severity === 'critical' && toNotification > (alert === 'ServiceUnavailable' ? 210 : 420);
  });
  expect(late).toEqual([]);
});

it('nothing was sent where nothing was wrong', async () => {
  expect((await proof()).silence).toMatchObject({ sent: [] });
});
