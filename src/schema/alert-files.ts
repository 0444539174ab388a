import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';

/** `severity` label of an alert; `none` notifies nobody, whatever the routes are. */
export const severities = ['critical', 'warning', 'none'] as const;

/**
 * Units of an alert's values, with the type of their defaults: a share of 1, a number of anything, a duration. A further unit
 * needs its schema in `leaf` of alerts.ts and its texts in templates/monitoring/rules/_alerts.tpl; both refuse an unknown one.
 */
export const units = { ratio: 'number', count: 'number', duration: 'string' } as const;

/** A number or duration of an alert that the user can set: `monitoring.alerts.<Name>.<key>`. */
export interface AlertValue {
  readonly unit: keyof typeof units;
  readonly default: number | string;
  readonly description: string;
}

/** An inhibition rule of Alertmanager whose source is the alert of the file. */
export interface AlertInhibition {
  /** Further matchers of the source, as `component="broker"`. */
  readonly source?: readonly string[];
  /** Names of the inhibited alerts, or of those that are not inhibited while all others are. */
  readonly alerts?: readonly string[];
  readonly alertsExcept?: readonly string[];
  /** Further matchers of the inhibited alerts. */
  readonly target?: readonly string[];
  /** Labels that must have the same values in both alerts. */
  readonly equal: readonly string[];
}

/** One alert: a file `files/alerts/<Name>.yaml` of the chart. `${…}` in its texts is filled by the chart. */
export interface AlertFile {
  /** When the alert fires; continues "Fires". */
  readonly fires: string;
  readonly severity: (typeof severities)[number];
  /** Label `component`, where the series of the expression have none. */
  readonly component?: string;
  /** Dashboard that the notification links to, without the prefix of its uid. */
  readonly dashboard: string;
  readonly for?: string;
  readonly values?: Readonly<Record<string, AlertValue>>;
  /** Inhibition rules by their names in `alertmanager.inhibitions`. */
  readonly inhibits?: Readonly<Record<string, AlertInhibition>>;
  readonly expr: string;
  readonly summary: string;
  readonly description: string;
}

/** Folder of the alerts' files. */
export const alertsFolder = fileURLToPath(
  new URL('../../charts/audio-processor/files/alerts/', import.meta.url),
);

/** Every alert by name, in the order of the names. */
export function readAlertFiles(folder = alertsFolder): Readonly<Record<string, AlertFile>> {
  const files = readdirSync(folder).sort();
  return Object.fromEntries(
    files.map((file) => [
      file.replace(/\.yaml$/, ''),
      parseAlertFile(file, readFileSync(folder + file, 'utf8')),
    ]),
  );
}

const keys = [
  'fires',
  'severity',
  'component',
  'dashboard',
  'for',
  'values',
  'inhibits',
  'expr',
  'summary',
  'description',
];
const texts = ['fires', 'severity', 'dashboard', 'expr', 'summary', 'description'];
const inhibitionKeys = ['source', 'alerts', 'alertsExcept', 'target', 'equal'];

/**
 * One alert from the text of its file.
 * @throws {Error} naming the file and the path of everything that is missing, unknown or of another type.
 */
export function parseAlertFile(file: string, text: string): AlertFile {
  const document = parseDocument(text);
  const alert = (document.toJS() ?? {}) as Record<string, unknown>;
  const problems = [
    ...(/^[A-Z]\w+\.yaml$/.test(file) ? [] : ['the file must be named <Name>.yaml, as PoolStalled.yaml']),
    ...document.errors.map(({ message }) => message),
    ...unknown('', alert, keys),
    ...texts.filter((key) => typeof alert[key] !== 'string').map((key) => `${key}: set a text`),
    ...oneOf('severity', alert.severity, severities),
    ...Object.entries(mapOf(alert.values)).flatMap(([key, value]) =>
      valueProblems(`values.${key}`, mapOf(value)),
    ),
    ...Object.entries(mapOf(alert.inhibits)).flatMap(([name, rule]) =>
      inhibitionProblems(`inhibits.${name}`, mapOf(rule)),
    ),
    ...['expr', 'summary', 'description'].flatMap((key) => placeholderProblems(key, alert)),
  ];
  if (problems.length > 0) throw new Error(`files/alerts/${file}:\n- ${problems.join('\n- ')}`);
  return alert as unknown as AlertFile;
}

function placeholderProblems(key: string, alert: Record<string, unknown>): readonly string[] {
  const known = [...Object.keys(mapOf(alert.values)), ...(key === 'expr' ? ['selector'] : [])];
  return [...`${alert[key]}`.matchAll(/\$\{([^}]*)\}/g)]
    .filter(([, name = '']) => !known.includes(name))
    .map(([placeholder]) => `${key}: ${placeholder} is not one of values; allowed: ${known.join(', ')}`);
}

function valueProblems(path: string, value: Record<string, unknown>): readonly string[] {
  const type = units[value.unit as AlertValue['unit']];
  return [
    ...unknown(path, value, ['unit', 'default', 'description']),
    ...oneOf(`${path}.unit`, value.unit, Object.keys(units)).map(
      (problem) => `${problem} (declared in src/schema/alert-files.ts)`,
    ),
    ...(type === undefined || typeof value.default === type
      ? []
      : [`${path}.default: set a ${type}, found ${value.default}`]),
    ...(typeof value.description === 'string' ? [] : [`${path}.description: set a text`]),
  ];
}

function inhibitionProblems(path: string, rule: Record<string, unknown>): readonly string[] {
  return [
    ...unknown(path, rule, inhibitionKeys),
    ...Object.entries(rule)
      .filter(([, list]) => !Array.isArray(list))
      .map(([key]) => `${path}.${key}: set a list`),
    ...(rule.equal === undefined ? [`${path}.equal: set the labels that both alerts share`] : []),
    ...((rule.alerts === undefined) === (rule.alertsExcept === undefined)
      ? [`${path}: set either alerts or alertsExcept`]
      : []),
  ];
}

function unknown(path: string, map: Record<string, unknown>, allowed: readonly string[]): readonly string[] {
  return Object.keys(map)
    .filter((key) => !allowed.includes(key))
    .map((key) => `${path === '' ? key : `${path}.${key}`}: unknown key; allowed: ${allowed.join(', ')}`);
}

function oneOf(path: string, found: unknown, allowed: readonly string[]): readonly string[] {
  return allowed.includes(`${found}`) ? [] : [`${path}: found ${found}; allowed: ${allowed.join(', ')}`];
}

function mapOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
