import { PercentUnit, Seconds, Short } from '@grafana/grafana-foundation-sdk/units';
import type { DashboardSpec } from './dashboard.ts';
import { own, quantile, window } from './selector.ts';
import { finished, taken, takenByPool, waiting } from './shared.ts';

const pool = 'pool=~"$pool"';

/** Tasks that a pool has to do: those in its queues, and those that it has taken. */
const info = own('audio_processor:queue_pool:info', pool);
const demand = `(sum by (pool) (
  ${own('audio_processor:queue_length:tasks')} * on (namespace, release, queue) group_right () ${info}
) or 0 * max by (pool) (${info})) + on (pool) (${takenByPool(pool)})`;

/** Bounds of a pool's scaling. A pool that nobody watches has none running, as far as anybody knows. */
const bound = (which: 'min' | 'max') =>
  `max by (pool) (${own(`audio_processor:pool_replicas:${which}`, pool)})`;
const running = `sum by (pool) (${own('up', 'job="audio-worker"', pool)}) or 0 * ${bound('min')}`;

/** Whether work is done as fast as it comes, and what holds it up. */
export const queues: DashboardSpec = {
  uid: 'audio-processor-queues',
  title: 'Audio processor: queues and pools',
  description: 'Is work done as fast as it comes, by whom, and what holds it up?',
  labels: { pool: 'audio_processor:queue_pool:info' },
  rows: [
    {
      title: 'Demand',
      panels: [
        waiting(12),
        taken(12, pool),
        {
          kind: 'lines',
          title: 'Wait',
          description: 'Time from sending a task to its start, by queue: 95 % of the tasks waited less.',
          unit: Seconds,
          width: 12,
          queries: [
            { expr: quantile(0.95, 'celery_worker_task_wait_seconds', ['queue'], pool), legend: '{{queue}}' },
          ],
        },
        {
          kind: 'lines',
          title: 'Consumers',
          description:
            'Workers that say they consume a queue. One at 0 with tasks in it waits for ever: only what the chart knows of is shown.',
          unit: Short,
          width: 12,
          queries: [
            {
              expr: `sum by (queue) (${own('celery_worker_queue_consumed')})
or 0 * max by (queue) (${own('audio_processor:queue_length:tasks')})
or 0 * max by (queue) (${own('audio_processor:queue_pool:info')})`,
              legend: '{{queue}}',
            },
          ],
          alerts: ['QueueWithoutConsumer'],
        },
      ],
    },
    {
      title: 'Throughput',
      panels: [
        {
          kind: 'lines',
          title: 'Started',
          description: 'Starts of tasks a minute, by pool.',
          unit: Short,
          width: 12,
          queries: [
            {
              expr: `60 * sum by (pool) (rate(${own('celery_worker_tasks_started_total', pool)}[${window}]))`,
              legend: '{{pool}}',
            },
          ],
          alerts: ['PoolStalled'],
        },
        finished(12, pool),
        {
          kind: 'lines',
          title: 'Time of a task',
          description:
            'Time of a run, by pool: 95 % of the tasks were faster. Dashed: above this a task of the pool counts as slow.',
          unit: Seconds,
          width: 12,
          queries: [
            { expr: quantile(0.95, 'celery_worker_task_seconds', ['pool'], pool), legend: '{{pool}}' },
            {
              expr: `max by (pool) (${own('audio_processor:pool_slow:seconds', pool)})`,
              legend: 'slow in {{pool}}',
              bound: true,
            },
          ],
          alerts: ['SlowProcessing'],
        },
        {
          kind: 'lines',
          title: 'Redelivered',
          description:
            'Tasks that came again because their worker or process died, by queue, in the window of the alert. What they had done is done twice.',
          unit: Short,
          width: 6,
          queries: [
            {
              expr: `sum by (queue) (${own('audio_processor:tasks_redelivered:increase', pool)})`,
              legend: '{{queue}}',
            },
          ],
          alerts: ['TaskRedelivered'],
          threshold: 'TaskRedelivered',
        },
        {
          kind: 'lines',
          title: 'Quarantined',
          description:
            'Tasks that killed their workers too often and were moved to `dead:<queue>`, since each worker started.',
          unit: Short,
          width: 6,
          queries: [
            {
              expr: `sum by (queue) (${own('celery_worker_tasks_quarantined_total', pool)})`,
              legend: '{{queue}}',
            },
          ],
          alerts: ['TaskRedelivered'],
        },
      ],
    },
    {
      title: 'Pools',
      panels: [
        {
          kind: 'lines',
          title: 'Heartbeat',
          description:
            "Time since the event loop of a pool's slowest worker last turned. A frozen worker's grows.",
          unit: Seconds,
          width: 12,
          queries: [
            {
              expr: `time() - min by (pool) (${own('celery_worker_heartbeat_timestamp_seconds', pool)} > 0)`,
              legend: '{{pool}}',
            },
          ],
          alerts: ['PoolStalled'],
        },
        {
          kind: 'lines',
          title: 'Throttled',
          description:
            'Part of the periods in which the kernel held workers back at their CPU limit; the worst of each pool.',
          unit: PercentUnit,
          width: 12,
          queries: [
            {
              expr: `max by (pool) (${own('audio_processor:container_cpu_throttled:ratio', pool)})`,
              legend: '{{pool}}',
            },
            {
              expr: own('audio_processor:alert_threshold:throttled', 'alertname="CpuHigh"'),
              legend: 'threshold',
              bound: true,
            },
          ],
          alerts: ['CpuHigh'],
        },
        {
          kind: 'lines',
          title: 'Replicas of $pool',
          description:
            'Workers that answer, beside the bounds of their scaling; on the right the tasks that wait or are in flight.',
          unit: Short,
          width: 24,
          repeat: 'pool',
          queries: [
            { expr: running, legend: 'replicas' },
            { expr: bound('min'), legend: 'min', bound: true },
            { expr: bound('max'), legend: 'max', bound: true },
            { expr: demand, legend: 'demand', rightAxis: true },
          ],
          alerts: ['ScaleStuckAtMax'],
        },
      ],
    },
  ],
};
