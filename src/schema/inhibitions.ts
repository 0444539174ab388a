import { type AlertName, alertNames } from './alerts.ts';

/** One rule of Alertmanager: while an alert of `source` fires, those of `target` with equal labels are not told. */
interface Inhibition {
  readonly source: readonly string[];
  readonly target: readonly string[];
  readonly equal: readonly string[];
}

function is(label: string, value: string): string {
  return `${label}="${value}"`;
}

function isOneOf(label: string, values: readonly string[]): string {
  return `${label}=~"${values.join('|')}"`;
}

const unavailable: AlertName = 'ServiceUnavailable';
const watchdog: AlertName = 'Watchdog';
const all = isOneOf(
  'alertname',
  alertNames.filter((name) => name !== watchdog),
);
const release = ['namespace', 'release'];

/**
 * One fault, one message, by the rule's name. Alertmanager never lets an alert that matches both sides silence itself.
 * Two labels that are both absent count as equal: the API has no pool.
 */
export const inhibitions = {
  broker: {
    source: [is('alertname', unavailable), is('component', 'broker')],
    target: [all],
    equal: release,
  },
  component: {
    source: [is('alertname', unavailable)],
    target: [
      isOneOf(
        'alertname',
        alertNames.filter((name) => name !== watchdog && name !== unavailable),
      ),
    ],
    equal: [...release, 'component', 'pool'],
  },
  severity: {
    source: [all, is('severity', 'critical')],
    target: [all, is('severity', 'warning')],
    equal: [...release, 'component', 'pool'],
  },
} as const satisfies Readonly<Record<string, Inhibition>>;
