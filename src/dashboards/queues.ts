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
  description: 'Are tasks processed as fast as they arrive, by which pool, and what delays them?',
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
          description: 'The 95th percentile of the time from sending a task to its start, by queue.',
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
            'Workers that consume a queue. Tasks in a queue with 0 consumers wait until a worker consumes it. Only queues of the values are shown.',
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
          description: 'Started tasks per minute, by pool.',
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
          title: 'Task duration',
          description:
            'The 95th percentile of the duration of a task, by pool. Dashed: the threshold for slow tasks of the pool.',
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
            'Tasks that were redelivered because their worker or process died, by queue, within the window of the alert. Their work is done twice.',
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
          title: 'Dead-lettered',
          description:
            'Tasks that exceeded the redelivery limit and were moved to `dead:<queue>`, since each worker started.',
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
            "Time since the last heartbeat of a pool's slowest worker. It grows while a worker hangs.",
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
          description: 'Throttled CFS periods as a share of all periods; the worst worker of each pool.',
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
            'Workers whose target is up, and the minimum and maximum of their scaling; on the right axis the tasks that wait or are in flight.',
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
