import { type Case, fires, key, own, silent } from '../case.ts';
import { counter, cpuPool, scraped, waiting } from '../pool-series.ts';

const started = counter('celery_worker_tasks_started_total');
const heartbeat = own('celery_worker_heartbeat_timestamp_seconds', { pool: 'cpu', pod: 'a' });
/** promtool's clock begins at 0. */
const beating = { [heartbeat]: '0+60x60' };
const idle = { ...scraped, ...waiting, ...beating, [key('unacked:cpu')]: '0x60', [started]: '3x60' };
const consumed = own('celery_worker_queue_consumed', { pool: 'cpu', pod: 'a', queue: 'audio_queue' });

/** Rule tests of PoolStalled. */
export const cases: readonly Case[] = [
  fires('fires', 'an idle pool starts no waiting task', '15m', idle, {
    labels: cpuPool,
    summary: 'The pool cpu starts no task while 5 wait',
    description:
      'For 10m tasks have been waiting in its queues and none was started, although the pool is not busy: it holds no task, or its heartbeat has stopped.',
  }),
  fires(
    'fires',
    'a pool without heartbeats holds tasks',
    '15m',
    { ...idle, [key('unacked:cpu')]: '4x60', [heartbeat]: '60x60' },
    {
      labels: cpuPool,
    },
  ),
  silent('threshold', 'the pool is busy with long tasks', '40m', { ...idle, [key('unacked:cpu')]: '4x60' }),
  silent('threshold', "the pool's only pod drains and the new one waits for its GPUs", '40m', {
    ...idle,
    ...{ [key('unacked:cpu')]: '2x60', [heartbeat]: '0+60x5 300x55', [consumed]: '1x5 0x55' },
  }),
  silent('threshold', 'the queue was empty for a minute', '15m', {
    ...idle,
    [key('audio_queue')]: '5x9 0 5x50',
  }),
  silent('threshold', 'the queue was empty for a minute and had no series then', '15m', {
    ...idle,
    [own('redis_up')]: '1x60',
    [key('audio_queue')]: '5x9 stale 5x50',
  }),
  silent('threshold', 'tasks have waited for less than the window', '15m', {
    ...idle,
    [key('audio_queue')]: '0x8 5x50',
  }),
  silent('threshold', 'the pool started one task', '15m', { ...idle, [started]: '3x10 4x50' }),
  silent('threshold', 'the pool has no metrics sidecar', '40m', { [key('dark_queue')]: '5x60' }),
  silent('no data', 'the exporter has no series', '40m', beating),
  silent('no data', 'Prometheus has just started', '8m', idle),
  silent('reset or vanished', 'all pods were deleted, which other alerts report', '40m', {
    ...waiting,
    [started]: '3x2 stale',
  }),
  silent('reset or vanished', 'a new pod started tasks before its first scrape', '15m', {
    ...idle,
    [counter('celery_worker_tasks_started_total', { pod: 'b' })]: '_x8 2x40',
  }),
];
