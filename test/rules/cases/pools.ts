import { type Case, fires, key, own, silent, target } from './case.ts';

type Name =
  | 'SlowProcessing'
  | 'ExtractorSuccessRateLow'
  | 'PoolStalled'
  | 'TaskRedelivered'
  | 'ScaleStuckAtMax';

const cpu = { component: 'worker', pool: 'cpu' };
const watched = { [target('audio-worker', { pool: 'cpu', pod: 'a' })]: '1x60' };
const counter = (name: string, labels: Readonly<Record<string, string>> = {}) =>
  own(name, { pool: 'cpu', pod: 'a', queue: 'audio_queue', ...labels });

/** Times of tasks by the bucket that they fall into; all larger ones hold them too. */
function times(bucket: number, values: string, pool = 'cpu'): Case['series'] {
  const labels = { pool, queue: 'audio_queue' };
  const buckets = [60, 300, 600, 7200, Number.POSITIVE_INFINITY].map((le) => [
    own('celery_worker_task_seconds_bucket', { ...labels, le: Number.isFinite(le) ? `${le}.0` : '+Inf' }),
    le >= bucket ? values : '0x60',
  ]);
  return { ...Object.fromEntries(buckets), [own('celery_worker_task_seconds_count', labels)]: values };
}

const failures = own('audio_extractor_failures_total', {
  ...{ pool: 'cpu', pod: 'a', extractor_name: 'clap', version: '1', error_type: 'ValueError' },
});
const successes = own('audio_extractor_success_total', {
  ...{ pool: 'cpu', pod: 'a', extractor_name: 'clap', version: '1' },
});
const clap = { ...cpu, extractor_name: 'clap' };

const started = counter('celery_worker_tasks_started_total');
const heartbeat = own('celery_worker_heartbeat_timestamp_seconds', { pool: 'cpu', pod: 'a' });
/** promtool's clock begins at 0. */
const turning = { [heartbeat]: '0+60x60' };
const waiting = { [key('audio_queue')]: '5x60' };
const idle = { ...watched, ...waiting, ...turning, [key('unacked:cpu')]: '0x60', [started]: '3x60' };
const consumed = own('celery_worker_queue_consumed', { pool: 'cpu', pod: 'a', queue: 'audio_queue' });

const redelivered = counter('celery_worker_tasks_redelivered_total');
const again = { ...cpu, queue: 'audio_queue' };

const pods = (count: number, values = '1x60', pool = 'cpu') =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [target('audio-worker', { pool, pod: `${index}` }), values]),
  );

/** Cases of the alerts on pools. */
export const poolCases: Readonly<Record<Name, readonly Case[]>> = {
  SlowProcessing: [
    fires('fires', 'tasks of 5 to 10 minutes', '30m', times(600, '0+10x60'), {
      labels: cpu,
      summary: 'Tasks of the pool cpu take 9m 45s',
      description:
        "Over 15m one task in twenty of the pool cpu took longer than 9m 45s, which is above the pool's limit of a slow task.",
    }),
    fires('fires', 'a pool with a larger limit, above it', '30m', times(7200, '0+10x60', 'batch'), {
      labels: { component: 'worker', pool: 'batch' },
    }),
    silent('threshold', 'none above 5 minutes', '40m', times(300, '0+10x60')),
    silent('threshold', 'a pool with a larger limit, below it', '40m', times(600, '0+10x60', 'batch')),
    silent('threshold', 'two of 10 minutes at night', '40m', times(600, '0x20 2x40')),
    silent('no data', 'no task ran', '40m', times(600, '7x60')),
    silent('no data', 'the pool is not there', '40m', {}),
    silent('reset or vanished', 'a pod begins anew and runs none', '40m', times(600, '500x20 0x40')),
    silent('reset or vanished', 'the pod is gone', '50m', times(600, '0+10x10 stale')),
  ],
  ExtractorSuccessRateLow: [
    fires(
      'fires',
      'one run of ten fails',
      '30m',
      { [failures]: '0+1x60', [successes]: '0+9x60' },
      {
        labels: clap,
        summary: 'Extractor clap succeeds in 90% of its runs',
        description:
          'Over 15m fewer than 95% of the runs of clap succeeded. The tasks still end as completed, with features missing.',
      },
    ),
    fires(
      'fires',
      'it never succeeded, so there is no series of successes',
      '30m',
      { [failures]: '0+1x60' },
      {
        labels: clap,
      },
    ),
    fires(
      'fires',
      'its failures begin with a new pod, and no zero before them',
      '34m',
      { ...watched, [failures]: '_x20 30x40', [successes]: '_x20 30x40' },
      { labels: clap },
    ),
    silent('threshold', 'exactly one of twenty fails', '40m', {
      [failures]: '0+1x60',
      [successes]: '0+19x60',
    }),
    silent('threshold', 'all of the few runs fail', '40m', { [failures]: '0x29 9x40' }),
    silent('no data', 'nothing ran', '40m', { [failures]: '70x60', [successes]: '10x60' }),
    silent('no data', 'there is no extractor', '40m', watched),
    silent('reset or vanished', 'counters that begin anew', '40m', {
      [failures]: '900+0x20 0x40',
      [successes]: '0+19x20 0+19x40',
    }),
    silent('reset or vanished', 'a Prometheus that has just started finds old failures', '13m', {
      ...watched,
      [failures]: '900x60',
    }),
  ],
  PoolStalled: [
    fires('fires', 'an idle pool takes nothing', '15m', idle, {
      labels: cpu,
      summary: 'The pool cpu starts nothing while 5 tasks wait',
      description:
        'For 10m tasks have been waiting in its queues, none was started, and it is not busy: it holds none, or its heartbeat stands still.',
    }),
    fires(
      'fires',
      'a frozen pool holds tasks',
      '15m',
      { ...idle, [key('unacked:cpu')]: '4x60', [heartbeat]: '60x60' },
      {
        labels: cpu,
      },
    ),
    silent('threshold', 'it is busy with long tasks', '40m', { ...idle, [key('unacked:cpu')]: '4x60' }),
    silent('threshold', 'its only pod drains, and the next one waits for the cards', '40m', {
      ...idle,
      ...{ [key('unacked:cpu')]: '2x60', [heartbeat]: '0+60x5 300x55', [consumed]: '1x5 0x55' },
    }),
    silent('threshold', 'the queue was empty for a moment', '15m', {
      ...idle,
      [key('audio_queue')]: '5x9 0 5x50',
    }),
    silent('threshold', 'the queue was empty for a moment, of which the exporter says nothing', '15m', {
      ...idle,
      [own('redis_up')]: '1x60',
      [key('audio_queue')]: '5x9 stale 5x50',
    }),
    silent('threshold', 'tasks wait for less than the window', '15m', {
      ...idle,
      [key('audio_queue')]: '0x8 5x50',
    }),
    silent('threshold', 'one was started', '15m', { ...idle, [started]: '3x10 4x50' }),
    silent('threshold', 'the pool has no sidecar that could say so', '40m', { [key('dark_queue')]: '5x60' }),
    silent('no data', 'the exporter says nothing', '40m', turning),
    silent('no data', 'a Prometheus that has just started', '8m', idle),
    silent('reset or vanished', 'all pods are gone, of which other alerts tell', '40m', {
      ...waiting,
      [started]: '3x2 stale',
    }),
    silent('reset or vanished', 'a new pod has started some, and had no zero before', '15m', {
      ...idle,
      [counter('celery_worker_tasks_started_total', { pod: 'b' })]: '_x8 2x40',
    }),
  ],
  TaskRedelivered: [
    fires(
      'fires',
      'one task came again',
      '15m',
      { ...watched, [redelivered]: '0x10 1x50' },
      {
        labels: again,
        summary: 'Tasks of audio_queue came again, 1 in all',
        description:
          'Over 15m more than 0 tasks were given out a second time, because the worker or the process that had them died. What they had done is done twice.',
      },
    ),
    fires(
      'fires',
      'counted by a pod younger than the window',
      '20m',
      { ...watched, [redelivered]: '_x15 1x40' },
      {
        labels: again,
      },
    ),
    silent('threshold', 'none came again', '40m', { ...watched, [redelivered]: '0x60' }),
    silent('threshold', 'the last one was 20 minutes ago', '45m', { ...watched, [redelivered]: '0x20 1x40' }),
    silent('no data', 'no worker counts', '40m', watched),
    silent('no data', 'a Prometheus that has just started finds old ones', '10m', {
      ...watched,
      [redelivered]: '3x60',
    }),
    silent('no data', 'the API was watched one scrape earlier', '17m', {
      ...{ [target('audio-api')]: '1x60', [redelivered]: '_ 3x60' },
    }),
    silent('reset or vanished', 'a counter that begins anew', '25m', {
      ...watched,
      [redelivered]: '3x20 0x40',
    }),
    silent('reset or vanished', 'a scrape failed, and old ones are seen again', '40m', {
      ...{ [target('audio-worker', { pool: 'cpu', pod: 'a' })]: '1x20 0 1x40' },
      [redelivered]: '3x20 stale 3x40',
    }),
    fires(
      'reset or vanished',
      'the pod that counted it is gone',
      '20m',
      { ...watched, [redelivered]: '0x10 1x3 stale' },
      {
        labels: again,
      },
    ),
  ],
  ScaleStuckAtMax: [
    fires(
      'fires',
      'all four pods run and tasks wait',
      '32m',
      { ...pods(4), ...waiting },
      {
        labels: cpu,
        summary: 'The pool cpu stays at its maximum of 4 pods',
        description: 'All pods that the autoscaler may start are running, and tasks still wait.',
      },
    ),
    silent('threshold', 'three of four', '60m', { ...pods(3), ...waiting }),
    silent('threshold', 'nothing waits', '60m', { ...pods(4), [key('audio_queue')]: '0x60' }),
    silent('threshold', 'a pool of fixed size', '60m', {
      ...pods(1, '1x60', 'gpu'),
      [key('gpu_queue')]: '5x60',
    }),
    silent('no data', 'the exporter says nothing', '60m', pods(4)),
    silent('reset or vanished', 'a pod went in between', '40m', {
      ...pods(3),
      ...pods(4, '1x20 stale'),
      ...pods(3),
      ...waiting,
    }),
  ],
};
