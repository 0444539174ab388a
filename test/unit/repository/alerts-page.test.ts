import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { rounds } from '../../../checks/alerts/faults.ts';
import { alertsPage, type Proof } from '../../../checks/alerts/page.ts';
import { alertNames, alerts } from '../../../src/schema/alerts.ts';
import { repositoryRoot } from '../../../src/tools/versions.ts';

const file = (path: string) => readFile(join(repositoryRoot, path), 'utf8');
const proof = async () => JSON.parse(await file('checks/alerts/measured.json')) as Proof;

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
    expect(row.severity, title(row)).toBe(alerts[row.alert]?.severity);
  }
});

it('one fault sends one message', async () => {
  const { rows } = await proof();
  expect(rows.filter(({ besides }) => besides.length > 0)).toEqual([]);
});

it('what is critical is told within seven minutes, and a part that is gone within three and a half', async () => {
  const { rows } = await proof();
  const late = rows.filter(({ alert, severity, what, toNotification }) => {
    // A worker beside a sidecar that answers is given its window to come up again.
    const isGone = alert === 'ServiceUnavailable' && !what.includes('sidecar');
    return severity === 'critical' && toNotification > (isGone ? 210 : 420);
  });
  expect(late).toEqual([]);
});

/** What the lab's overlay sets of alerts, as `<Name>.<key>`. */
async function overlaid(): Promise<Readonly<Record<string, string>>> {
  const { monitoring } = parse(await file('lab/overlays/alerts.yaml')) as {
    readonly monitoring: { readonly alerts?: Readonly<Record<string, Readonly<Record<string, string>>>> };
  };
  return Object.fromEntries(
    Object.entries(monitoring.alerts ?? {}).flatMap(([name, set]) =>
      Object.entries(set).map(([key, value]) => [`${name}.${key}`, value]),
    ),
  );
}

it('was measured with what the overlay of the lab sets, and the page says all of it', async () => {
  expect((await proof()).shortened).toEqual(await overlaid());
});

it('only times of ten minutes or more were shortened', async () => {
  const minutes = (time: unknown) => {
    const [, count, unit] = /^(\d+)([smh])$/.exec(`${time}`) ?? [];
    return Number(count) * { s: 1 / 60, m: 1, h: 60 }[unit as 's' | 'm' | 'h'];
  };
  for (const [path, value] of Object.entries(await overlaid())) {
    const [name = '', key = ''] = path.split('.');
    const usual = minutes(key === 'for' ? alerts[name]?.for : alerts[name]?.values?.[key]?.default);
    expect(usual, path).toBeGreaterThanOrEqual(10);
    expect(minutes(value), path).toBeLessThan(usual);
  }
});

it('nothing was sent where nothing was wrong', async () => {
  const { silence } = await proof();
  expect(silence).toMatchObject({ sent: [] });
  // One a minute; a webhook that hears nothing at all would be as silent.
  expect(silence?.heartbeats).toBeGreaterThanOrEqual((silence?.minutes ?? 0) - 1);
});
