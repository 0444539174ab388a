import { type Case, fires, key, own, series, silent, target } from './case.ts';

type Name = 'ServiceUnavailable' | 'TargetMissing' | 'Watchdog';

const api = target('audio-api', { pod: 'a' });
const other = target('audio-api', { pod: 'b' });
const cpu = target('audio-worker', { pool: 'cpu', pod: 'a' });
const gpu = target('audio-worker', { pool: 'gpu', pod: 'a' });
const broker = target('audio-broker');
const flower = target('audio-flower');
const reached = own('redis_up');
const kubelet = series('up', { job: 'kubelet-cadvisor', instance: 'node' });
const healthy = Object.fromEntries(
  [api, cpu, gpu, broker, flower, reached, kubelet].map((name) => [name, '1x60']),
);

const heartbeat = own('celery_worker_heartbeat_timestamp_seconds', { pool: 'gpu', pod: 'a' });
const consumed = own('celery_worker_queue_consumed', { pool: 'cpu', pod: 'a', queue: 'audio_queue' });

const pool = (name: string) => ({ component: 'worker', job: 'audio-worker', pool: name });

/** Cases of the alerts on what has to answer. */
export const targetCases: Readonly<Record<Name, readonly Case[]>> = {
  ServiceUnavailable: [
    fires(
      'fires',
      'the only pod of the API does not answer',
      '8m',
      { ...healthy, [api]: '1x5 0x50' },
      {
        labels: { component: 'api', job: 'audio-api' },
        summary: 'api of audio-processor does not answer',
        description: 'Not one pod of api answers.',
      },
    ),
    fires(
      'fires',
      'a pool',
      '8m',
      { ...healthy, [gpu]: '1x5 0x50' },
      {
        labels: pool('gpu'),
        summary: 'worker gpu of audio-processor does not answer',
        description: 'Not one pod of worker gpu answers, or their workers have not turned for 10m.',
      },
    ),
    fires(
      'fires',
      'the broker, which its exporter cannot reach',
      '8m',
      { ...healthy, [reached]: '1x5 0x50' },
      {
        labels: { component: 'broker' },
        summary: 'broker of audio-processor does not answer',
        description:
          "The broker's exporter cannot reach the broker: no task is accepted and none is started.",
      },
    ),
    fires(
      'fires',
      'the broker and its exporter, with the node of both',
      '8m',
      { ...healthy, ...{ [broker]: '1x5 0x50', [reached]: '1x5 stale', [consumed]: '1x5 0x50' } },
      { labels: { component: 'broker' } },
    ),
    fires(
      'reset or vanished',
      'a worker ends again and again beside a sidecar that answers',
      '20m',
      { ...healthy, [heartbeat]: '0+60x5 0x50', [key('unacked:gpu')]: '0x60' },
      { labels: pool('gpu') },
    ),
    silent('threshold', 'a worker begins anew in less than the window', '40m', {
      ...healthy,
      [heartbeat]: '0+60x5 0x9 900+60x50',
    }),
    silent('threshold', 'a worker drains for an hour', '60m', {
      ...healthy,
      ...{ [heartbeat]: '0+60x5 300x60', [key('unacked:gpu')]: '2x60' },
    }),
    silent('no data', 'the image counts nothing', '40m', { ...healthy, [key('unacked:gpu')]: '0x60' }),
    silent('no data', 'the exporter is gone, and workers consume', '20m', {
      ...{ ...healthy, [broker]: '1x5 stale', [reached]: '1x5 stale', [consumed]: '1x60' },
    }),
    silent('threshold', 'one of two pods answers', '20m', { ...healthy, [other]: '0x60' }),
    silent('threshold', 'down for less than 2 minutes', '7m', { ...healthy, [api]: '1x5 0 1x50' }),
    silent('threshold', 'all answer, and a pool that may stand at 0 does', '20m', healthy),
    fires(
      'no data',
      'nothing was ever there',
      '5m',
      {},
      { labels: { component: 'api', job: 'audio-api' } },
      {
        labels: pool('cpu'),
      },
      { labels: pool('gpu') },
    ),
    fires(
      'reset or vanished',
      'the API is gone from discovery',
      '8m',
      { ...healthy, [api]: '1x5 stale' },
      {
        labels: { component: 'api', job: 'audio-api' },
      },
    ),
    silent('reset or vanished', 'the exporter itself is gone', '20m', {
      ...healthy,
      [broker]: '1x5 stale',
      [reached]: '1x5 stale',
    }),
  ],
  TargetMissing: [
    fires(
      'fires',
      'Flower does not answer',
      '17m',
      { ...healthy, [flower]: '1x5 0x50' },
      {
        labels: { component: 'flower', job: 'audio-flower' },
        summary: 'audio-flower is not watched',
        description:
          'Prometheus gets nothing from any target of the job audio-flower. Alerts that need it stay silent.',
      },
    ),
    fires(
      'fires',
      'one of two pods of the API',
      '17m',
      { ...healthy, [other]: '0x60' },
      {
        labels: { component: 'api', job: 'audio-api', pod: 'b', instance: 'audio-api-b' },
        summary: 'audio-api on b is not watched',
        description:
          'Prometheus gets nothing from the pod b of the job audio-api. Alerts that need it stay silent.',
      },
    ),
    silent('threshold', 'down for 9 minutes', '14m', { ...healthy, [other]: '1x5 0x8 1x40' }),
    silent('threshold', 'all answer', '30m', healthy),
    fires(
      'no data',
      'nothing was ever there',
      '12m',
      {},
      { labels: { component: 'api', job: 'audio-api' } },
      { labels: pool('cpu') },
      { labels: pool('gpu') },
      { labels: { component: 'broker', job: 'audio-broker' } },
      { labels: { component: 'flower', job: 'audio-flower' } },
      { labels: { component: 'monitoring', job: 'kubelet-cadvisor' }, only: 'bundled' },
    ),
    fires(
      'reset or vanished',
      'the exporter is gone from discovery',
      '17m',
      { ...healthy, [broker]: '1x5 stale' },
      {
        labels: { component: 'broker', job: 'audio-broker' },
      },
    ),
  ],
  Watchdog: [
    fires('fires', 'whatever happens', '1m', healthy, {
      labels: { component: 'monitoring' },
      summary: 'Alerting works',
      description: 'This alert always fires. Where it stops to arrive, nothing else would arrive either.',
    }),
    fires('no data', 'nothing was ever there', '1m', {}, { labels: { component: 'monitoring' } }),
    fires(
      'reset or vanished',
      'everything is gone',
      '20m',
      { [api]: '1x5 stale' },
      {
        labels: { component: 'monitoring' },
      },
    ),
  ],
};
