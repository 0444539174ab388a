import { type Case, fires } from '../case.ts';
import { api, healthy } from '../targets.ts';

/** Rule tests of Watchdog. */
export const cases: readonly Case[] = [
  fires('fires', 'all targets answer', '1m', healthy, {
    labels: { component: 'monitoring' },
    summary: 'Alerting works',
    description: 'This alert always fires. If it stops arriving, no other alert would arrive either.',
  }),
  fires('no data', 'no target was ever discovered', '1m', {}, { labels: { component: 'monitoring' } }),
  fires(
    'reset or vanished',
    'all targets vanished',
    '20m',
    { [api]: '1x5 stale' },
    {
      labels: { component: 'monitoring' },
    },
  ),
];
