import { type Case, fires, own, silent } from '../case.ts';
import { cpuPool } from '../pool-series.ts';

/** Durations of tasks by the bucket that they fall into; all larger buckets contain them too. */
function durations(bucket: number, values: string, pool = 'cpu'): Case['series'] {
  const labels = { pool, queue: 'audio_queue' };
  const buckets = [60, 300, 600, 7200, Number.POSITIVE_INFINITY].map((le) => [
    own('celery_worker_task_seconds_bucket', { ...labels, le: Number.isFinite(le) ? `${le}.0` : '+Inf' }),
    le >= bucket ? values : '0x60',
  ]);
  return { ...Object.fromEntries(buckets), [own('celery_worker_task_seconds_count', labels)]: values };
}

/** Rule tests of SlowProcessing. */
export const cases: readonly Case[] = [
  fires('fires', 'tasks take 5 to 10 minutes', '30m', durations(600, '0+10x60'), {
    labels: cpuPool,
    summary: 'Tasks of the pool cpu take 9m 45s',
    description:
      "Over 15m one task in twenty of the pool cpu took longer than 9m 45s, which is above the pool's threshold for slow tasks.",
  }),
  fires('fires', 'a pool with its own slowAfter is above it', '30m', durations(7200, '0+10x60', 'batch'), {
    labels: { component: 'worker', pool: 'batch' },
  }),
  silent('threshold', 'no task takes more than 5 minutes', '40m', durations(300, '0+10x60')),
  silent('threshold', 'a pool with its own slowAfter is below it', '40m', durations(600, '0+10x60', 'batch')),
  silent('threshold', 'only two tasks take 10 minutes', '40m', durations(600, '0x20 2x40')),
  silent('no data', 'no task ran', '40m', durations(600, '7x60')),
  silent('no data', 'the pool has no series', '40m', {}),
  silent('reset or vanished', 'a pod restarts and runs no task', '40m', durations(600, '500x20 0x40')),
  silent('reset or vanished', 'the pod was deleted', '50m', durations(600, '0+10x10 stale')),
];
