import { type Case, fires, key, own, silent } from '../case.ts';
import { api, broker, brokerUp, gpu, healthy, other, poolTarget } from '../targets.ts';

const heartbeat = own('celery_worker_heartbeat_timestamp_seconds', { pool: 'gpu', pod: 'a' });
const consumed = own('celery_worker_queue_consumed', { pool: 'cpu', pod: 'a', queue: 'audio_queue' });

/** Rule tests of ServiceUnavailable. */
export const cases: readonly Case[] = [
  fires(
    'fires',
    'the only pod of the API does not answer',
    '8m',
    { ...healthy, [api]: '1x5 0x50' },
    {
      labels: { component: 'api', job: 'audio-api' },
      summary: 'api of audio-processor does not answer',
      description: 'No pod of api answers.',
    },
  ),
  fires(
    'fires',
    'the only pod of a pool does not answer',
    '8m',
    { ...healthy, [gpu]: '1x5 0x50' },
    {
      labels: poolTarget('gpu'),
      summary: 'worker gpu of audio-processor does not answer',
      description: 'No pod of worker gpu answers, or none of its workers sent a heartbeat within 10m.',
    },
  ),
  fires(
    'fires',
    'the exporter cannot reach the broker',
    '8m',
    { ...healthy, [brokerUp]: '1x5 0x50' },
    {
      labels: { component: 'broker' },
      summary: 'broker of audio-processor does not answer',
      description: "The broker's exporter cannot reach the broker: no task is accepted and none is started.",
    },
  ),
  fires(
    'fires',
    'the broker and its exporter are down with their node',
    '8m',
    { ...healthy, ...{ [broker]: '1x5 0x50', [brokerUp]: '1x5 stale', [consumed]: '1x5 0x50' } },
    { labels: { component: 'broker' } },
  ),
  fires(
    'reset or vanished',
    'a worker crashes repeatedly beside a sidecar that answers',
    '20m',
    { ...healthy, [heartbeat]: '0+60x5 0x50', [key('unacked:gpu')]: '0x60' },
    { labels: poolTarget('gpu') },
  ),
  silent('threshold', 'a worker restarts within the window', '40m', {
    ...healthy,
    [heartbeat]: '0+60x5 0x9 900+60x50',
  }),
  silent('threshold', 'a worker drains for an hour', '60m', {
    ...healthy,
    ...{ [heartbeat]: '0+60x5 300x60', [key('unacked:gpu')]: '2x60' },
  }),
  silent('no data', 'the workers never sent a heartbeat', '40m', {
    ...healthy,
    [key('unacked:gpu')]: '0x60',
  }),
  silent('no data', 'the exporter was deleted and workers consume', '20m', {
    ...{ ...healthy, [broker]: '1x5 stale', [brokerUp]: '1x5 stale', [consumed]: '1x60' },
  }),
  silent('threshold', 'one of two pods answers', '20m', { ...healthy, [other]: '0x60' }),
  silent('threshold', 'the API is down for less than 2m', '7m', { ...healthy, [api]: '1x5 0 1x50' }),
  silent('threshold', 'all targets answer and a pool that may have no pods has none', '20m', healthy),
  fires(
    'no data',
    'no target was ever discovered',
    '5m',
    {},
    { labels: { component: 'api', job: 'audio-api' } },
    {
      labels: poolTarget('cpu'),
    },
    { labels: poolTarget('gpu') },
  ),
  fires(
    'reset or vanished',
    'the API vanished from discovery',
    '8m',
    { ...healthy, [api]: '1x5 stale' },
    {
      labels: { component: 'api', job: 'audio-api' },
    },
  ),
  silent('reset or vanished', 'only the exporter was deleted', '20m', {
    ...healthy,
    [broker]: '1x5 stale',
    [brokerUp]: '1x5 stale',
  }),
];
