import { Short } from '@grafana/grafana-foundation-sdk/units';
import type { PanelSpec } from './panel.ts';
import { failed, own, window } from './selector.ts';

const requests = (...matchers: readonly string[]) =>
  `sum(${own('audio_processor:api_requests:increase', ...matchers)})`;

/** Part of the API's answers that is a 5xx, over the window of its alert. */
export const errorRatio = `(${requests(failed)} or vector(0)) / ${requests()}`;

/** Waiting tasks beside the threshold of their alert. */
export function waiting(width: number): PanelSpec {
  return {
    kind: 'lines',
    title: 'Waiting',
    description:
      'Tasks in each queue that no worker has taken yet, in the queues of pools and in those that are watched.',
    unit: Short,
    width,
    queries: [{ expr: `sum by (queue) (${own('audio_processor:queue_length:tasks')})`, legend: '{{queue}}' }],
    alerts: ['TaskQueueBacklog', 'QueueWithoutConsumer'],
    threshold: 'TaskQueueBacklog',
  };
}

/** What pools have taken and not yet acknowledged. */
export function taken(width: number, ...matchers: readonly string[]): PanelSpec {
  return {
    kind: 'lines',
    title: 'In flight',
    description:
      'Tasks that each pool has taken and not acknowledged: those that run, and those that wait in a worker.',
    unit: Short,
    width,
    queries: [
      { expr: `sum by (pool) (${own('audio_processor:pool_held:tasks', ...matchers)})`, legend: '{{pool}}' },
    ],
  };
}

/** How tasks end. */
export function finished(width: number, ...matchers: readonly string[]): PanelSpec {
  return {
    kind: 'lines',
    title: 'Finished',
    description: 'Ends of tasks a minute by state. A retry is an end too: the task comes again.',
    unit: Short,
    width,
    queries: [
      {
        expr: `60 * sum by (state) (rate(${own('celery_worker_tasks_finished_total', ...matchers)}[${window}]))`,
        legend: '{{state}}',
      },
    ],
  };
}
