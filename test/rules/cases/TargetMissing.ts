import { type Case, fires, silent } from '../case.ts';
import { broker, flower, healthy, other, poolTarget } from '../targets.ts';

/** Rule tests of TargetMissing. */
export const cases: readonly Case[] = [
  fires(
    'fires',
    'Flower does not answer',
    '17m',
    { ...healthy, [flower]: '1x5 0x50' },
    {
      labels: { component: 'flower', job: 'audio-flower' },
      summary: 'audio-flower cannot be scraped',
      description:
        'Prometheus gets no samples from any target of the job audio-flower. Alerts that depend on them cannot fire.',
    },
  ),
  fires(
    'fires',
    'one of two pods of the API does not answer',
    '17m',
    { ...healthy, [other]: '0x60' },
    {
      labels: { component: 'api', job: 'audio-api', pod: 'b', instance: 'audio-api-b' },
      summary: 'audio-api on b cannot be scraped',
      description:
        'Prometheus gets no samples from the pod b of the job audio-api. Alerts that depend on them cannot fire.',
    },
  ),
  silent('threshold', 'a pod is down for 9 minutes', '14m', { ...healthy, [other]: '1x5 0x8 1x40' }),
  silent('threshold', 'all targets answer', '30m', healthy),
  fires(
    'no data',
    'no target was ever discovered',
    '12m',
    {},
    { labels: { component: 'api', job: 'audio-api' } },
    { labels: poolTarget('cpu') },
    { labels: poolTarget('gpu') },
    { labels: { component: 'broker', job: 'audio-broker' } },
    { labels: { component: 'flower', job: 'audio-flower' } },
    { labels: { component: 'monitoring', job: 'kubelet-cadvisor' }, only: 'bundled' },
  ),
  fires(
    'reset or vanished',
    'the exporter vanished from discovery',
    '17m',
    { ...healthy, [broker]: '1x5 stale' },
    {
      labels: { component: 'broker', job: 'audio-broker' },
    },
  ),
];
