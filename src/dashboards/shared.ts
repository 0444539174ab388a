import { Short } from '@grafana/grafana-foundation-sdk/units';
import type { PanelSpec } from './panel.ts';
import { failed, own, window } from './selector.ts';

const requests = (...matchers: readonly string[]) =>
  `sum(${own('audio_processor:api_requests:increase', ...matchers)})`;

/** Responses with 5xx as a share of all responses, over the window of the alert; no series without requests. */
export const errorRatio = `(${requests(failed)} or vector(0)) / (${requests()} > 0)`;

/**
 * Tasks that wait, by queue. An empty list has no key in the broker, and exporters differ in whether they then report 0: a
 * queue of the values without a series is empty.
 */
const waitingByQueue = `sum by (queue) (${own('audio_processor:queue_length:tasks')})
or 0 * max by (queue) (${own('audio_processor:queue_pool:info')})`;

/** Tasks that pools have taken, by pool; the same is true of what they hold. */
export function takenByPool(...matchers: readonly string[]): string {
  return `sum by (pool) (${own('audio_processor:pool_held:tasks', ...matchers)})
or 0 * max by (pool) (${own('audio_processor:queue_pool:info', ...matchers)})`;
}

/** All of either. */
export const allWaiting = `sum(${waitingByQueue})`;
export const allTaken = `sum(${takenByPool()})`;

/** Waiting tasks beside the threshold of their alert. */
export function waiting(width: number): PanelSpec {
  return {
    kind: 'lines',
    title: 'Waiting',
    description:
      'Tasks that no worker has received yet, in the queues of pools and in `broker.watchedQueues`.',
    unit: Short,
    width,
    queries: [{ expr: waitingByQueue, legend: '{{queue}}' }],
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
      'Tasks that each pool has received and not acknowledged: running ones, and those prefetched by a worker.',
    unit: Short,
    width,
    queries: [{ expr: takenByPool(...matchers), legend: '{{pool}}' }],
  };
}

/** How tasks end. */
export function finished(width: number, ...matchers: readonly string[]): PanelSpec {
  return {
    kind: 'lines',
    title: 'Finished',
    description: 'Finished tasks per minute, by state. A retry counts as well: the task is sent again.',
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
