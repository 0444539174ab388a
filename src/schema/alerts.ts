import { duration } from './fragments.ts';
import { boolean, integer, number, object, type Schema, string } from './kit.ts';

/** How loud an alert is: `none` reaches nobody, whatever the routes say. */
type Severity = 'critical' | 'warning' | 'none';

/** One alert: what it says, and what of it can be set. An absent key does not exist for it. */
interface Alert {
  /** When it fires, in the words of the docs. */
  readonly fires: string;
  readonly severity: Severity;
  readonly threshold?: Schema;
  readonly throttled?: Schema;
  readonly window?: string;
  readonly for?: string;
}

function ratio(what: string, value: number): Schema {
  return number(`${what}, as a share of 1.`, value, { minimum: 0, maximum: 1 });
}

/**
 * Every alert of the chart with its defaults: the one list of their names. Each has an expression in
 * `files/rules/<Name>.promql`, texts in `files/rules/texts.yaml`, a runbook and tests.
 */
export const alerts = {
  ApiErrorRateHigh: {
    fires: 'the API answers too many requests with 5xx',
    severity: 'critical',
    threshold: ratio('Share of failed requests', 0.05),
    window: '5m',
    for: '2m',
  },
  TaskQueueBacklog: {
    fires: 'too many tasks wait in a queue',
    severity: 'critical',
    threshold: integer('Tasks in one queue.', 1000, { minimum: 0 }),
    for: '5m',
  },
  GpuMemoryHigh: {
    fires: 'the memory of a card is nearly full',
    severity: 'critical',
    threshold: ratio("Share of the card's memory", 0.9),
    for: '5m',
  },
  ServiceUnavailable: {
    fires: 'no pod of the API or of a pool, or no broker, answers',
    severity: 'critical',
    for: '2m',
  },
  CpuHigh: {
    fires: 'a container is short of CPU',
    severity: 'warning',
    threshold: ratio('Used CPU of the limit', 0.8),
    throttled: ratio('Throttled periods, for pools that an autoscaler keeps near its target', 0.25),
    window: '5m',
    for: '15m',
  },
  MemoryHigh: {
    fires: 'a container is near its memory limit',
    severity: 'warning',
    threshold: ratio('Used memory of the limit', 0.8),
    for: '10m',
  },
  SlowProcessing: {
    fires: 'the slowest twentieth of the tasks of a pool takes too long',
    severity: 'warning',
    threshold: duration('Time of a task, less than 2h; `slowAfter` of a pool says otherwise.', '5m'),
    window: '15m',
    for: '10m',
  },
  ExtractorSuccessRateLow: {
    fires: 'an extractor fails too often',
    severity: 'warning',
    threshold: ratio('Least share of successful runs', 0.95),
    window: '15m',
    for: '10m',
  },
  PoolStalled: {
    fires: 'tasks wait and their pool starts none',
    severity: 'warning',
    window: '10m',
  },
  TaskRedelivered: {
    fires: 'a task came again, because its worker or process died',
    severity: 'warning',
    threshold: integer('Redeliveries of one queue in the window.', 0, { minimum: 0 }),
    window: '15m',
  },
  QueueWithoutConsumer: {
    fires: 'tasks wait in a queue that nobody reads',
    severity: 'warning',
    threshold: integer('Tasks in the queue.', 0, { minimum: 0 }),
    for: '5m',
  },
  BrokerMemoryHigh: {
    fires: 'the broker is nearly full',
    severity: 'warning',
    threshold: ratio("Used memory of the broker's `maxmemory`", 0.8),
    for: '5m',
  },
  ScaleStuckAtMax: {
    fires: 'an autoscaled pool runs at its maximum and tasks still wait',
    severity: 'warning',
    for: '30m',
  },
  TargetMissing: {
    fires: 'something that is watched does not answer',
    severity: 'warning',
    for: '10m',
  },
  Watchdog: {
    fires: 'always: its absence says that no alert would come',
    severity: 'none',
  },
} as const satisfies Readonly<Record<string, Alert>>;

/** Name of an alert. */
export type AlertName = keyof typeof alerts;

/** Every name, in the order of the list. */
export const alertNames = Object.keys(alerts) as readonly AlertName[];

/** `monitoring.alerts`: one closed object an alert. */
export const alertsSection: Schema = object(
  'The alerts by name. Their expressions stand in `files/rules`.',
  Object.fromEntries(Object.entries(alerts).map(([name, alert]) => [name, section(alert)])),
);

function section(alert: Alert): Schema {
  return object(`Fires when ${alert.fires}.`.replace('Fires when always:', 'Fires always:'), {
    enabled: boolean('Whether it exists.', true),
    ...(alert.threshold === undefined ? {} : { threshold: alert.threshold }),
    ...(alert.throttled === undefined ? {} : { throttled: alert.throttled }),
    ...(alert.window === undefined ? {} : { window: duration('Time that is looked at.', alert.window) }),
    ...(alert.for === undefined ? {} : { for: duration('Time until it fires.', alert.for) }),
    severity: string('Who is told: see the routes of `alertmanager`.', alert.severity, {
      enum: ['critical', 'warning', 'none'],
    }),
  });
}
