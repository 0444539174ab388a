import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { parseAlertFile, readAlertFiles } from '../../../src/schema/alert-files.ts';
import { alertNames, alerts } from '../../../src/schema/alerts.ts';
import { inhibitions } from '../../../src/schema/inhibitions.ts';

const text = `
fires: when the queue is full
severity: warning
dashboard: queues
values:
  threshold: {unit: count, default: 5, description: Tasks in the queue.}
inhibits:
  full: {alerts: [PoolStalled], equal: [namespace]}
expr: up > \${threshold}
summary: The queue is full
description: More than \${threshold} tasks.
`;

/** The text of the file with other values at some paths; undefined removes a key. */
function changed(changes: Readonly<Record<string, unknown>>): string {
  const file = parse(text) as Record<string, unknown>;
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    let at = file;
    for (const key of keys) at = at[key] as Record<string, unknown>;
    at[last] = value;
  }
  return stringify(JSON.parse(JSON.stringify(file)));
}

describe('the file of an alert', () => {
  it('is read', () => {
    expect(parseAlertFile('QueueFull.yaml', text)).toMatchObject({
      severity: 'warning',
      values: { threshold: { unit: 'count', default: 5 } },
    });
  });

  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['an unknown key', { treshold: 5 }, 'treshold: unknown key; allowed: fires, severity'],
    ['no expression', { expr: undefined }, 'expr: set a text'],
    ['an unknown severity', { severity: 'page' }, 'severity: found page; allowed: critical, warning, none'],
    [
      'an unknown unit',
      { 'values.threshold.unit': 'bytes' },
      'values.threshold.unit: found bytes; allowed: ratio, count, duration (declared in src/schema/alert-files.ts)',
    ],
    [
      'a default of another type',
      { 'values.threshold.default': '5m' },
      'values.threshold.default: set a number',
    ],
    [
      'a value without description',
      { 'values.threshold.description': undefined },
      'values.threshold.description',
    ],
    ['an inhibition without labels', { 'inhibits.full.equal': undefined }, 'inhibits.full.equal'],
    ['an inhibition of no alert', { 'inhibits.full.alerts': undefined }, 'inhibits.full: set either'],
    [
      'a text in place of a list',
      { 'inhibits.full.alerts': 'PoolStalled' },
      'inhibits.full.alerts: set a list',
    ],
    [
      'a placeholder without a value',
      { summary: `For \${window}` },
      `summary: \${window} is not one of values`,
    ],
  ])('is refused with %s', (_title, changes, problem) => {
    expect(() => parseAlertFile('QueueFull.yaml', changed(changes))).toThrow(
      `files/alerts/QueueFull.yaml:\n- ${problem}`,
    );
  });

  it('is refused with a name that is not an alert’s', () => {
    expect(() => parseAlertFile('queue.yml', text)).toThrow('the file must be named <Name>.yaml');
  });
});

describe('the alerts of the chart', () => {
  it('are the files of the folder, in the order of their names', () => {
    expect(Object.keys(readAlertFiles())).toEqual([...alertNames].sort());
    expect(alertNames.length).toBeGreaterThan(10);
  });

  it('name only each other in their inhibitions, and no rule twice', () => {
    const rules = Object.values(alerts).flatMap(({ inhibits = {} }) => Object.entries(inhibits));
    const named = rules.flatMap(([, { alerts: some = [], alertsExcept = [] }]) => [...some, ...alertsExcept]);
    expect(named.filter((name) => !alertNames.includes(name))).toEqual([]);
    expect(Object.keys(inhibitions).sort()).toEqual(rules.map(([name]) => name).sort());
  });
});
