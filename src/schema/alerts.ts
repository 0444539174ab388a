import { type AlertFile, type AlertValue, readAlertFiles, severities } from './alert-files.ts';
import { duration } from './fragments.ts';
import { boolean, integer, number, object, type Schema, string } from './kit.ts';

/** Every alert of the chart by name, from `files/alerts/<Name>.yaml`. */
export const alerts = readAlertFiles();

/** Every name, sorted. */
export const alertNames: readonly string[] = Object.keys(alerts);

/** `monitoring.alerts`: one closed object an alert. */
export const alertsSection: Schema = object(
  'Alerts by name; expressions and texts are in `files/alerts/<Name>.yaml`. `enabled` adds an alert to the rules, `for` is how long its expression must be true before it fires, and `severity` (critical, warning or none) is the label by which `alertmanager.routes` choose the receiver.',
  Object.fromEntries(Object.entries(alerts).map(([name, alert]) => [name, section(alert)])),
);

function section(alert: AlertFile): Schema {
  const values = Object.entries(alert.values ?? {}).map(([key, value]) => [key, leaf(value)] as const);
  const explained = Object.entries(alert.values ?? {}).map(
    ([key, { description }]) => `\`${key}\`: ${description}`,
  );
  return object([`Fires ${alert.fires}.`, ...explained].join(' '), {
    enabled: boolean('Add the alert to the rules (`rules` of the PrometheusRule or the rule file).', true),
    ...Object.fromEntries(values),
    ...(alert.for === undefined
      ? {}
      : { for: duration('How long the expression must be true before the alert fires (`for`).', alert.for) }),
    severity: string(
      'Label `severity`, by which `alertmanager.routes` choose the receiver.',
      alert.severity,
      {
        enum: severities,
      },
    ),
  });
}

function leaf({ unit, description: text, default: value }: AlertValue): Schema {
  const description = `${text.replace(/\.$/, '')} (in \`expr\`).`;
  switch (unit) {
    case 'duration':
      return duration(description, `${value}`);
    case 'count':
      return integer(description, Number(value), { minimum: 0 });
    case 'ratio':
      return number(description, Number(value), { minimum: 0, maximum: 1 });
    default:
      return unknownUnit(unit);
  }
}

/** The compiler accepts the call only as long as every unit has a case. */
function unknownUnit(unit: never): never {
  throw new Error(`unit ${unit} has no schema: add a case to leaf in src/schema/alerts.ts`);
}
