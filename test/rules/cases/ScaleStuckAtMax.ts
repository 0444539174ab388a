import { type Case, fires, key, silent, target } from '../case.ts';
import { cpuPool, waiting } from '../pool-series.ts';

const pods = (count: number, values = '1x60', pool = 'cpu') =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [target('audio-worker', { pool, pod: `${index}` }), values]),
  );

/** Rule tests of ScaleStuckAtMax. */
export const cases: readonly Case[] = [
  fires(
    'fires',
    'all four pods run and tasks wait',
    '32m',
    { ...pods(4), ...waiting },
    {
      labels: cpuPool,
      summary: 'The pool cpu stays at its maximum of 4 pods',
      description: 'All pods that the autoscaler may start are running, and tasks still wait.',
    },
  ),
  silent('threshold', 'three of four pods run', '60m', { ...pods(3), ...waiting }),
  silent('threshold', 'no task waits', '60m', { ...pods(4), [key('audio_queue')]: '0x60' }),
  silent('threshold', 'the pool has no autoscaler', '60m', {
    ...pods(1, '1x60', 'gpu'),
    [key('gpu_queue')]: '5x60',
  }),
  silent('no data', 'the exporter has no series', '60m', pods(4)),
  silent('reset or vanished', 'a pod was deleted in between', '40m', {
    ...pods(3),
    ...pods(4, '1x20 stale'),
    ...pods(3),
    ...waiting,
  }),
];
