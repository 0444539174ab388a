import { type Case, fires, own, silent } from '../case.ts';
import { cpuPool, scraped } from '../pool-series.ts';

const failures = own('audio_extractor_failures_total', {
  ...{ pool: 'cpu', pod: 'a', extractor_name: 'clap', version: '1', error_type: 'ValueError' },
});
const successes = own('audio_extractor_success_total', {
  ...{ pool: 'cpu', pod: 'a', extractor_name: 'clap', version: '1' },
});
const clap = { ...cpuPool, extractor_name: 'clap' };

/** Rule tests of ExtractorSuccessRateLow. */
export const cases: readonly Case[] = [
  fires(
    'fires',
    'one run in ten fails',
    '30m',
    { [failures]: '0+1x60', [successes]: '0+9x60' },
    {
      labels: clap,
      summary: 'Extractor clap succeeds in 90% of its runs',
      description:
        'Over 15m fewer than 95% of the runs of clap succeeded. The tasks still end as completed, with features missing.',
    },
  ),
  fires(
    'fires',
    'it never succeeded and has no series of successes',
    '30m',
    { [failures]: '0+1x60' },
    {
      labels: clap,
    },
  ),
  fires(
    'fires',
    'the series of failures of a new pod begins above zero',
    '34m',
    { ...scraped, [failures]: '_x20 30x40', [successes]: '_x20 30x40' },
    { labels: clap },
  ),
  silent('threshold', 'exactly one run in twenty fails', '40m', {
    [failures]: '0+1x60',
    [successes]: '0+19x60',
  }),
  silent('threshold', 'all of only nine runs fail', '40m', { [failures]: '0x29 9x40' }),
  silent('no data', 'the extractor did not run', '40m', { [failures]: '70x60', [successes]: '10x60' }),
  silent('no data', 'there is no extractor', '40m', scraped),
  silent('reset or vanished', 'counters are reset', '40m', {
    [failures]: '900+0x20 0x40',
    [successes]: '0+19x20 0+19x40',
  }),
  silent('reset or vanished', 'a Prometheus that has just started finds old failures', '13m', {
    ...scraped,
    [failures]: '900x60',
  }),
];
