import { type Case, fires, key, own, silent } from './case.ts';

type Name = 'TaskQueueBacklog' | 'QueueWithoutConsumer' | 'BrokerMemoryHigh';

const component = 'worker';
const used = own('redis_memory_used_bytes');
const most = own('redis_memory_max_bytes');
const consumed = (queue: string, pod = 'a') =>
  own('celery_worker_queue_consumed', { queue, pool: 'cpu', pod });

/** Cases of the alerts on queues and on the broker itself. */
export const brokerCases: Readonly<Record<Name, readonly Case[]>> = {
  TaskQueueBacklog: [
    fires(
      'fires',
      'more tasks than the threshold for 5m',
      '6m',
      { [key('audio_queue')]: '1001x20' },
      {
        labels: { component, queue: 'audio_queue', pool: 'cpu' },
        summary: '1001 tasks wait in audio_queue',
        description:
          'More than 1000 tasks wait in the queue audio_queue of the pool cpu: they come in faster than they are worked off.',
      },
    ),
    fires(
      'fires',
      'those of all priorities together are too many',
      '6m',
      { [key('gpu_queue')]: '600x20', [key('gpu_queue\\x06\\x163')]: '600x20' },
      { labels: { component, queue: 'gpu_queue', pool: 'gpu' } },
    ),
    fires(
      'fires',
      'in a queue that no pool reads',
      '6m',
      { [key('async_gpu_queue')]: '2000x20' },
      {
        labels: { component, queue: 'async_gpu_queue' },
        summary: '2000 tasks wait in async_gpu_queue',
        description:
          'More than 1000 tasks wait in the queue async_gpu_queue which no pool reads: they come in faster than they are worked off.',
      },
    ),
    silent('threshold', 'exactly as many', '20m', { [key('audio_queue')]: '1000x20' }),
    silent('threshold', 'two exporters see the same 600', '20m', {
      [key('audio_queue', { pod: 'a' })]: '600x20',
      [key('audio_queue', { pod: 'b' })]: '600x20',
    }),
    silent('threshold', 'they are held by workers, or in quarantine', '20m', {
      [key('unacked:cpu')]: '5000x20',
      [key('dead:audio_queue')]: '5000x20',
    }),
    silent('no data', 'the exporter says nothing', '20m', {}),
    silent('reset or vanished', 'the exporter went before 5m were over', '15m', {
      [key('audio_queue')]: '5000x3 stale',
    }),
    silent('reset or vanished', 'the queue was emptied in between', '8m', {
      [key('audio_queue')]: '5000x3 0 5000x20',
    }),
  ],
  QueueWithoutConsumer: [
    fires(
      'fires',
      'tasks in a queue of no pool',
      '6m',
      { [key('async_gpu_queue')]: '3x20' },
      {
        labels: { component, queue: 'async_gpu_queue' },
        summary: '3 tasks wait in async_gpu_queue, which nobody reads',
        description:
          'More than 0 tasks wait in the queue async_gpu_queue and no worker says that it consumes it.',
      },
    ),
    fires(
      'fires',
      'the pool that should read it reads another only',
      '6m',
      { [key('audio_queue')]: '3x20', [consumed('celery')]: '1x20' },
      {
        labels: { component, queue: 'audio_queue', pool: 'cpu' },
        summary: '3 tasks wait in audio_queue, which nobody reads',
        description:
          'More than 0 tasks wait in the queue audio_queue and no worker says that it consumes it; the pool cpu should.',
      },
    ),
    silent('threshold', 'the queue is empty', '20m', { [key('async_gpu_queue')]: '0x20' }),
    silent('threshold', 'one of two workers consumes', '20m', {
      [key('audio_queue')]: '3x20',
      [consumed('audio_queue', 'a')]: '0x20',
      [consumed('audio_queue', 'b')]: '1x20',
    }),
    silent('threshold', 'its only pod drains, and the next one waits for the cards', '20m', {
      [key('audio_queue')]: '3x20',
      [key('unacked:cpu')]: '2x20',
      [consumed('audio_queue')]: '0x20',
    }),
    silent('threshold', 'its pool has no sidecar that could say so', '20m', { [key('dark_queue')]: '3x20' }),
    silent('no data', 'the exporter says nothing', '20m', {}),
    fires(
      'reset or vanished',
      'the consumer is gone',
      '15m',
      { [key('audio_queue')]: '3x20', [consumed('audio_queue')]: '1x5 stale' },
      { labels: { component, queue: 'audio_queue', pool: 'cpu' } },
    ),
  ],
  BrokerMemoryHigh: [
    fires(
      'fires',
      'nine tenths are used',
      '6m',
      { [used]: '900x20', [most]: '1000x20' },
      {
        labels: { component: 'broker' },
        summary: 'The broker uses 90% of its memory',
        description: 'More than 80% of maxmemory is in use. A full broker refuses new tasks and results.',
      },
    ),
    silent('threshold', 'exactly four fifths', '20m', { [used]: '800x20', [most]: '1000x20' }),
    silent('no data', 'a broker without maxmemory', '20m', { [used]: '900x20', [most]: '0x20' }),
    silent('no data', 'the exporter says nothing', '20m', {}),
    silent('reset or vanished', 'the broker went before 5m were over', '15m', {
      [used]: '900x3 stale',
      [most]: '1000x3 stale',
    }),
  ],
};
