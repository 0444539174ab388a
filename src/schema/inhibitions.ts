import type { AlertInhibition } from './alert-files.ts';
import { alertNames, alerts } from './alerts.ts';

/** An inhibition rule of Alertmanager: while `source` fires, there are no notifications for `target`. */
type Inhibition = {
  readonly source: readonly string[];
  readonly target: readonly string[];
  readonly equal: readonly string[];
};

/**
 * Default of `alertmanager.inhibitions`, from the alerts' `inhibits`. Alertmanager never lets an alert that matches both
 * sides inhibit itself. Labels that both alerts lack count as equal: the API has no pool.
 */
export const inhibitions: Readonly<Record<string, Inhibition>> = Object.fromEntries(
  Object.entries(alerts).flatMap(([name, { inhibits = {} }]) =>
    Object.entries(inhibits).map(([rule, inhibition]) => [rule, inhibitionRule(name, inhibition)]),
  ),
);

function inhibitionRule(
  name: string,
  { source = [], alerts: names, alertsExcept = [], target = [], equal }: AlertInhibition,
): Inhibition {
  const inhibited = names ?? alertNames.filter((one) => !alertsExcept.includes(one));
  return { source: [matcher([name]), ...source], target: [matcher(inhibited), ...target], equal };
}

function matcher(names: readonly string[]): string {
  return names.length === 1 ? `alertname="${names[0]}"` : `alertname=~"${names.join('|')}"`;
}
