import { type Case, fires, key, own, silent } from '../case.ts';

const component = 'worker';
const consumed = (queue: string, pod = 'a') =>
  own('celery_worker_queue_consumed', { queue, pool: 'cpu', pod });

/** Rule tests of QueueWithoutConsumer. */
export const cases: readonly Case[] = [
  fires(
    'fires',
    'tasks wait in a queue of no pool',
    '6m',
    { [key('async_gpu_queue')]: '3x20' },
    {
      labels: { component, queue: 'async_gpu_queue' },
      summary: '3 tasks wait in async_gpu_queue, which no worker consumes',
      description: 'More than 0 tasks wait in the queue async_gpu_queue and no worker consumes it.',
    },
  ),
  fires(
    'fires',
    'the pool that should consume the queue consumes only another',
    '6m',
    { [key('audio_queue')]: '3x20', [consumed('celery')]: '1x20' },
    {
      labels: { component, queue: 'audio_queue', pool: 'cpu' },
      summary: '3 tasks wait in audio_queue, which no worker consumes',
      description:
        'More than 0 tasks wait in the queue audio_queue and no worker consumes it; the pool cpu should.',
    },
  ),
  silent('threshold', 'the queue is empty', '20m', { [key('async_gpu_queue')]: '0x20' }),
  silent('threshold', 'one of two workers consumes the queue', '20m', {
    [key('audio_queue')]: '3x20',
    [consumed('audio_queue', 'a')]: '0x20',
    [consumed('audio_queue', 'b')]: '1x20',
  }),
  silent('threshold', "the pool's only pod drains and the new one waits for its GPUs", '20m', {
    [key('audio_queue')]: '3x20',
    [key('unacked:cpu')]: '2x20',
    [consumed('audio_queue')]: '0x20',
  }),
  silent('threshold', 'the pool has no metrics sidecar', '20m', { [key('dark_queue')]: '3x20' }),
  silent('no data', 'the exporter has no series', '20m', {}),
  fires(
    'reset or vanished',
    'the only consumer was deleted',
    '15m',
    { [key('audio_queue')]: '3x20', [consumed('audio_queue')]: '1x5 stale' },
    { labels: { component, queue: 'audio_queue', pool: 'cpu' } },
  ),
];
