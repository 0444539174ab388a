import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { faults, shortened } from '../../checks/alerts/faults.ts';
import { alertsPage, type Proof } from '../../checks/alerts/page.ts';
import { alerts } from '../../src/schema/alerts.ts';
import { repositoryRoot } from '../../src/tools/versions.ts';

const file = (path: string) => readFile(join(repositoryRoot, path), 'utf8');
const proof = async () => JSON.parse(await file('checks/alerts/measured.json')) as Proof;

it('every alert has a fault', () => {
  expect([...new Set(faults.map(({ alert }) => alert))].sort()).toEqual(Object.keys(alerts));
});

it('docs/alerts.md is what the last proof measured', async () => {
  expect(await file('docs/alerts.md')).toBe(alertsPage(await proof(), faults));
});

it('every fault has a row, and no row leaves a cell empty', async () => {
  const { rows } = await proof();
  const title = ({ alert, what }: { readonly alert: string; readonly what: string }) => `${alert}: ${what}`;
  expect(rows.map(title)).toEqual(faults.map(title));
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

it('what is critical is notified within seven minutes, and a component that is down within three and a half', async () => {
  const { rows } = await proof();
  const late = rows.filter(({ alert, severity, what, toNotification }) => {
    // A worker beside a sidecar that answers is given its window to come up again.
    const isDown = alert === 'ServiceUnavailable' && !what.includes('sidecar');
    return severity === 'critical' && toNotification > (isDown ? 210 : 420);
  });
  expect(late).toEqual([]);
});

it('the page names every value that a run shortens', async () => {
  const paths = Object.entries(shortened).flatMap(([name, values]) =>
    Object.entries(values).map(([key, value]) => [`${name}.${key}`, value]),
  );
  expect((await proof()).shortened).toEqual(Object.fromEntries(paths));
});

it.each(Object.entries(shortened))('%s: only values of ten minutes or more are shortened', (name, values) => {
  const minutes = (time: unknown) => {
    const [, count, unit] = /^(\d+)([smh])$/.exec(`${time}`) ?? [];
    return Number(count) * { s: 1 / 60, m: 1, h: 60 }[unit as 's' | 'm' | 'h'];
  };
  for (const [key, value] of Object.entries(values)) {
    const usual = minutes(key === 'for' ? alerts[name]?.for : alerts[name]?.values?.[key]?.default);
    expect(usual, key).toBeGreaterThanOrEqual(10);
    expect(minutes(value), key).toBeLessThan(usual);
  }
});

it('nothing was sent where nothing was wrong', async () => {
  const { silence } = await proof();
  expect(silence).toMatchObject({ sent: [] });
  // One a minute; a webhook that hears nothing at all would be as silent.
  expect(silence?.heartbeats).toBeGreaterThanOrEqual((silence?.minutes ?? 0) - 1);
});
