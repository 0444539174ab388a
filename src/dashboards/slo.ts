import { NoUnit, PercentUnit } from '@grafana/grafana-foundation-sdk/units';
import type { DashboardSpec } from './dashboard.ts';
import type { PanelSpec } from './panel.ts';
import { answers, failed, own } from './selector.ts';

/** Something promised: which part of it may go wrong. */
interface Objective {
  readonly what: string;
  readonly metric: string;
  /** Matchers of all that counts, and of what of it went wrong. */
  readonly counted: string;
  readonly wrong: string;
  /** How the parts are called. */
  readonly good: string;
  readonly note: string;
  readonly alerts: readonly string[];
}

/** A shorter error budget is used up by a single incident, and a month is a usual period for planning. */
const month = '30d';

function panelsOf({ what, metric, counted, wrong, good, note, alerts }: Objective): readonly PanelSpec[] {
  const sum = (range: string, ...matchers: readonly string[]) =>
    `sum(increase(${own(metric, counted, ...matchers)}[${range}]))`;
  const lost = (range: string) => `(${sum(range, wrong)} or vector(0)) / (${sum(range)} > 0)`;
  const left = `1 - (${lost(month)}) / (1 - $objective)`;
  const panel = { width: 6, alerts };
  const kept = `Limited to the retention of Prometheus, at most ${month}.`;
  return [
    {
      ...panel,
      kind: 'latest',
      title: `${what}: ${good}`,
      description: `${note} ${kept}`,
      unit: PercentUnit,
      queries: [{ expr: `1 - (${lost(month)})`, legend: good }],
    },
    {
      ...panel,
      kind: 'latest',
      title: `${what}: budget left`,
      description: `Share of the error budget of ${month} that is left; below 0 the objective is missed. ${kept}`,
      unit: PercentUnit,
      queries: [{ expr: left, legend: 'left' }],
    },
    {
      ...panel,
      kind: 'latest',
      title: `${what}: in the time on view`,
      description: note,
      unit: PercentUnit,
      queries: [{ expr: `1 - (${lost('$__range')})`, legend: good }],
    },
    {
      ...panel,
      kind: 'latest',
      title: `${what}: burn rate`,
      description: 'Burn rate of the error budget in the last hour: 1 uses it up in exactly its period.',
      unit: NoUnit,
      queries: [{ expr: `(${lost('1h')}) / (1 - $objective)`, legend: 'burn' }],
    },
    {
      kind: 'lines',
      title: `${what}: budget over time`,
      description: `Share of the error budget of ${month} that was left at each time.`,
      unit: PercentUnit,
      width: 12,
      max: 1,
      queries: [{ expr: left, legend: 'left' }],
      alerts,
    },
    {
      kind: 'lines',
      title: `${what}: burn rate over time`,
      description: 'Burn rate of the error budget: above 1 for its whole period the objective is missed.',
      unit: NoUnit,
      width: 12,
      queries: ['1h', '6h'].map((range) => ({ expr: `(${lost(range)}) / (1 - $objective)`, legend: range })),
      alerts,
    },
  ];
}

/** Service level objectives, error budgets and burn rates. */
export const slo: DashboardSpec = {
  uid: 'audio-processor-slo',
  title: 'Audio processor: objectives',
  description: 'Does the service meet its objectives, and how much of the error budget is left?',
  from: 'now-7d',
  refresh: '5m',
  choices: { objective: '0.99,0.995,0.999,0.95' },
  rows: [
    {
      title: 'API',
      panels: panelsOf({
        what: 'API',
        metric: 'audio_requests_total',
        counted: answers,
        wrong: failed,
        good: 'available',
        note: 'Responses other than 5xx as a share of all responses, without probes, scrapes and requests for /task/<id>.',
        alerts: ['ApiErrorRateHigh'],
      }),
    },
    {
      title: 'Tasks',
      panels: panelsOf({
        what: 'Tasks',
        metric: 'celery_worker_tasks_finished_total',
        counted: 'state=~"success|failure"',
        wrong: 'state="failure"',
        good: 'successful',
        note: 'Successful tasks as a share of all finished tasks; a retry is not counted.',
        alerts: ['SlowProcessing', 'TaskRedelivered'],
      }),
    },
  ],
};
