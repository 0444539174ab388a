import { type Case, fires, key, silent } from '../case.ts';

const component = 'worker';

/** Rule tests of TaskQueueBacklog. */
export const cases: readonly Case[] = [
  fires(
    'fires',
    'more tasks than the threshold wait for 5m',
    '6m',
    { [key('audio_queue')]: '1001x20' },
    {
      labels: { component, queue: 'audio_queue', pool: 'cpu' },
      summary: '1001 tasks wait in audio_queue',
      description:
        'More than 1000 tasks wait in the queue audio_queue of the pool cpu: they arrive faster than they are processed.',
    },
  ),
  fires(
    'fires',
    'the tasks of all priorities together are above the threshold',
    '6m',
    { [key('gpu_queue')]: '600x20', [key('gpu_queue\\x06\\x163')]: '600x20' },
    { labels: { component, queue: 'gpu_queue', pool: 'gpu' } },
  ),
  fires(
    'fires',
    'too many tasks wait in a queue that no pool consumes',
    '6m',
    { [key('async_gpu_queue')]: '2000x20' },
    {
      labels: { component, queue: 'async_gpu_queue' },
      summary: '2000 tasks wait in async_gpu_queue',
      description:
        'More than 1000 tasks wait in the queue async_gpu_queue, which no pool consumes: they arrive faster than they are processed.',
    },
  ),
  silent('threshold', 'exactly as many tasks wait as the threshold', '20m', {
    [key('audio_queue')]: '1000x20',
  }),
  silent('threshold', 'two exporters report the same 600 tasks', '20m', {
    [key('audio_queue', { pod: 'a' })]: '600x20',
    [key('audio_queue', { pod: 'b' })]: '600x20',
  }),
  silent('threshold', 'the tasks are unacknowledged or in a dead-letter queue', '20m', {
    [key('unacked:cpu')]: '5000x20',
    [key('dead:audio_queue')]: '5000x20',
  }),
  silent('no data', 'the exporter has no series', '20m', {}),
  silent('reset or vanished', 'the exporter was deleted within 5m', '15m', {
    [key('audio_queue')]: '5000x3 stale',
  }),
  silent('reset or vanished', 'the queue was emptied in between', '8m', {
    [key('audio_queue')]: '5000x3 0 5000x20',
  }),
];
