import { PercentUnit, RequestsPerSecond, Seconds, Short } from '@grafana/grafana-foundation-sdk/units';
import type { DashboardSpec } from './dashboard.ts';
import { answers, own, quantile, window } from './selector.ts';
import { allTaken, allWaiting, errorRatio, finished, taken, waiting } from './shared.ts';

const requests = `rate(${own('audio_requests_total', answers)}[${window}])`;
const firing = (...matchers: readonly string[]) =>
  own('ALERTS', 'alertstate="firing"', 'alertname!="Watchdog"', ...matchers);

/** Whether the service works, and which part of it does not. */
export const overview: DashboardSpec = {
  uid: 'audio-processor-overview',
  title: 'Audio processor: overview',
  description: 'Does the service work, and if not, which part of it does not?',
  rows: [
    {
      title: 'Now',
      panels: [
        {
          kind: 'latest',
          title: 'Alerts firing',
          description: 'Alerts of this release by severity, without the one that always fires.',
          unit: Short,
          width: 6,
          queries: ['critical', 'warning'].map((severity) => ({
            expr: `count(${firing(`severity="${severity}"`)}) or vector(0)`,
            legend: severity,
          })),
        },
        {
          kind: 'latest',
          title: 'Requests',
          description:
            'Responses of the API per second, without probes, scrapes and requests for /task/<id>.',
          unit: RequestsPerSecond,
          width: 4,
          queries: [{ expr: `sum(${requests})`, legend: 'requests' }],
        },
        {
          kind: 'latest',
          title: 'Errors',
          description: 'Responses with 5xx as a share of these responses, over the window of the alert.',
          unit: PercentUnit,
          width: 4,
          queries: [{ expr: errorRatio, legend: 'errors' }],
        },
        {
          kind: 'latest',
          title: 'Tasks',
          description:
            'Tasks that wait in queues, and tasks that workers received and have not acknowledged.',
          unit: Short,
          width: 6,
          queries: [
            { expr: allWaiting, legend: 'waiting' },
            { expr: allTaken, legend: 'taken' },
          ],
        },
        {
          kind: 'latest',
          title: 'Workers',
          description: 'Workers whose target is up.',
          unit: Short,
          width: 4,
          queries: [{ expr: `sum(${own('up', 'job="audio-worker"')}) or vector(0)`, legend: 'workers' }],
        },
      ],
    },
    {
      title: 'Alerts and targets',
      panels: [
        {
          kind: 'table',
          title: 'Firing',
          description:
            'Alerts of this release that fire now. Watchdog always fires: if it is missing, alerting does not work.',
          unit: Short,
          width: 12,
          queries: [{ expr: own('ALERTS', 'alertstate="firing"'), legend: '{{alertname}}' }],
          columns: {
            alertname: 'Alert',
            severity: 'Severity',
            component: 'Component',
            pool: 'Pool',
            queue: 'Queue',
          },
          alerts: ['Watchdog'],
        },
        {
          kind: 'lines',
          title: 'Targets',
          description: 'Targets by job, and how many of them are up.',
          unit: Short,
          width: 12,
          queries: [
            { expr: `sum by (job) (${own('up')})`, legend: '{{job}} up' },
            { expr: `count by (job) (${own('up')})`, legend: '{{job}} known' },
          ],
          alerts: ['ServiceUnavailable', 'TargetMissing'],
        },
      ],
    },
    {
      title: 'API',
      panels: [
        {
          kind: 'lines',
          title: 'Rate',
          description: 'Responses per second by status, without probes, scrapes and requests for /task/<id>.',
          unit: RequestsPerSecond,
          width: 8,
          queries: [{ expr: `sum by (status) (${requests})`, legend: '{{status}}' }],
        },
        {
          kind: 'lines',
          title: 'Errors',
          description:
            'Responses with 5xx as a share of all responses. Requests for the /task/<id> of a failed task end with 500 and are not counted.',
          unit: PercentUnit,
          width: 8,
          queries: [{ expr: errorRatio, legend: 'errors' }],
          alerts: ['ApiErrorRateHigh'],
          threshold: 'ApiErrorRateHigh',
        },
        {
          kind: 'lines',
          title: 'Duration',
          description: 'Median, 95th and 99th percentile of the duration of a request.',
          unit: Seconds,
          width: 8,
          queries: [0.5, 0.95, 0.99].map((q) => ({
            expr: quantile(q, 'audio_request_duration_seconds', [], answers),
            legend: `${q * 100} %`,
          })),
        },
      ],
    },
    { title: 'Work', panels: [waiting(8), taken(8), finished(8)] },
    {
      title: 'Containers',
      panels: [
        {
          kind: 'lines',
          title: 'CPU',
          description: 'CPU usage as a share of the limit; the busiest container of each name.',
          unit: PercentUnit,
          width: 8,
          queries: [
            {
              expr: `max by (container) (${own('audio_processor:container_cpu:ratio')})`,
              legend: '{{container}}',
            },
          ],
          alerts: ['CpuHigh'],
          threshold: 'CpuHigh',
        },
        {
          kind: 'lines',
          title: 'CPU throttled',
          description: 'Throttled CFS periods as a share of all periods; the worst container of each name.',
          unit: PercentUnit,
          width: 8,
          queries: [
            {
              expr: `max by (container) (${own('audio_processor:container_cpu_throttled:ratio')})`,
              legend: '{{container}}',
            },
          ],
          alerts: ['CpuHigh'],
        },
        {
          kind: 'lines',
          title: 'Memory',
          description: 'Used memory as a share of the limit; the fullest container of each name.',
          unit: PercentUnit,
          width: 8,
          queries: [
            {
              expr: `max by (container) (${own('audio_processor:container_memory:ratio')})`,
              legend: '{{container}}',
            },
          ],
          alerts: ['MemoryHigh'],
          threshold: 'MemoryHigh',
        },
      ],
    },
  ],
};
