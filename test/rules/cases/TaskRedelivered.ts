import { type Case, fires, silent, target } from '../case.ts';
import { counter, cpuPool, scraped } from '../pool-series.ts';

const redelivered = counter('celery_worker_tasks_redelivered_total');
const labels = { ...cpuPool, queue: 'audio_queue' };

/** Rule tests of TaskRedelivered. */
export const cases: readonly Case[] = [
  fires(
    'fires',
    'one task was redelivered',
    '15m',
    { ...scraped, [redelivered]: '0x10 1x50' },
    {
      labels,
      summary: 'Tasks of audio_queue were redelivered: 1',
      description:
        'Over 15m more than 0 tasks were delivered a second time, because the worker or the process that ran them died. Their work is done twice.',
    },
  ),
  fires(
    'fires',
    'the redelivery is counted by a pod younger than the window',
    '20m',
    { ...scraped, [redelivered]: '_x15 1x40' },
    {
      labels,
    },
  ),
  silent('threshold', 'no task was redelivered', '40m', { ...scraped, [redelivered]: '0x60' }),
  silent('threshold', 'the last redelivery was 20 minutes ago', '45m', {
    ...scraped,
    [redelivered]: '0x20 1x40',
  }),
  silent('no data', 'no worker has the counter', '40m', scraped),
  silent('no data', 'a Prometheus that has just started finds old redeliveries', '10m', {
    ...scraped,
    [redelivered]: '3x60',
  }),
  silent('no data', 'the first target was scraped one interval earlier', '17m', {
    ...{ [target('audio-api')]: '1x60', [redelivered]: '_ 3x60' },
  }),
  silent('reset or vanished', 'the counter is reset', '25m', {
    ...scraped,
    [redelivered]: '3x20 0x40',
  }),
  silent('reset or vanished', 'a scrape failed and old redeliveries return', '40m', {
    ...{ [target('audio-worker', { pool: 'cpu', pod: 'a' })]: '1x20 0 1x40' },
    [redelivered]: '3x20 stale 3x40',
  }),
  fires(
    'reset or vanished',
    'the pod that counted it was deleted',
    '20m',
    { ...scraped, [redelivered]: '0x10 1x3 stale' },
    {
      labels,
    },
  ),
];
