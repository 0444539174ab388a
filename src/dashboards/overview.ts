import { PercentUnit, RequestsPerSecond, Seconds, Short } from '@grafana/grafana-foundation-sdk/units';
import type { DashboardSpec } from './dashboard.ts';
import { answers, own, quantile, window } from './selector.ts';
import { allTaken, allWaiting, errorRatio, finished, taken, waiting } from './shared.ts';

const requests = `rate(${own('audio_requests_total', answers)}[${window}])`;
const firing = (...matchers: readonly string[]) =>
  own('ALERTS', 'alertstate="firing"', 'alertname!="Watchdog"', ...matchers);

/** Whether the service works, and where to look when it does not. */
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
          description: 'Answers of the API a second, without probes, scrapes and looks at /task/<id>.',
          unit: RequestsPerSecond,
          width: 4,
          queries: [{ expr: `sum(${requests})`, legend: 'requests' }],
        },
        {
          kind: 'latest',
          title: 'Errors',
          description: 'Part of these answers that is a 5xx, over the window of the alert.',
          unit: PercentUnit,
          width: 4,
          queries: [{ expr: errorRatio, legend: 'errors' }],
        },
        {
          kind: 'latest',
          title: 'Tasks',
          description: 'Waiting in queues, and taken by workers but not yet acknowledged.',
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
          description: 'Workers that answer the scrape.',
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
            'Alerts of this release that fire now. Watchdog always does: without it nothing here can be trusted.',
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
          description: 'Scraped targets by job, and how many of them answer.',
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
          description: 'Answers a second by status, without probes, scrapes and looks at /task/<id>.',
          unit: RequestsPerSecond,
          width: 8,
          queries: [{ expr: `sum by (status) (${requests})`, legend: '{{status}}' }],
        },
        {
          kind: 'lines',
          title: 'Errors',
          description:
            'Part of the answers that is a 5xx. A failed task makes each look at /task/<id> a 500, so these are left out.',
          unit: PercentUnit,
          width: 8,
          queries: [{ expr: errorRatio, legend: 'errors' }],
          alerts: ['ApiErrorRateHigh'],
          threshold: 'ApiErrorRateHigh',
        },
        {
          kind: 'lines',
          title: 'Duration',
          description: 'Time until an answer: half of them, 95 % and 99 % are faster.',
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
          description: 'Used part of the CPU limit; the busiest container of each name.',
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
          description:
            'Part of the periods in which the kernel held a container back at its CPU limit; the worst of each name.',
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
          description: 'Used part of the memory limit; the fullest container of each name.',
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
