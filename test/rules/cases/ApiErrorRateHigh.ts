import { type Case, fires, own, silent, target } from '../case.ts';

const requests = (status: string, endpoint = '/process') =>
  own('audio_requests_total', { job: 'audio-api', pod: 'a', method: 'POST', endpoint, status });
const watched = { [target('audio-api')]: '1x60' };
const component = { component: 'api' };

/** Rule tests of ApiErrorRateHigh. */
export const cases: readonly Case[] = [
  fires(
    'fires',
    'one request in ten fails',
    '10m',
    { [requests('200')]: '0+90x20', [requests('503')]: '0+10x20' },
    {
      labels: component,
      summary: 'The API fails 10% of its requests',
      description:
        'Over 5m more than 5% of the requests to audio-processor ended with 5xx. Requests for the state of a task are not counted.',
    },
  ),
  fires(
    'fires',
    'one request in ten fails and statuses are grouped',
    '10m',
    { [requests('2xx')]: '0+90x20', [requests('5xx')]: '0+10x20' },
    { labels: component },
  ),
  fires(
    'fires',
    'all failures happen between two scrapes, so that their series begins with them',
    '13m',
    { ...watched, [requests('200')]: '0+60x20', [requests('500')]: '_x9 40x10' },
    { labels: component },
  ),
  silent('threshold', 'exactly one request in twenty fails', '15m', {
    [requests('200')]: '0+95x20',
    [requests('503')]: '0+5x20',
  }),
  silent('threshold', 'one of only three requests fails', '12m', {
    [requests('200')]: '0 0 0 0 0 0 0 0 2x20',
    [requests('503')]: '0 0 0 0 0 0 0 0 1x20',
  }),
  silent('threshold', 'only requests for task states, scrapes and probes fail', '15m', {
    [requests('200')]: '0+10x20',
    [requests('500', '/task/17')]: '0+10x20',
    [requests('500', '/audio/unified/task/17')]: '0+10x20',
    [requests('503', '/health')]: '0+10x20',
    [requests('503', '/metrics')]: '0+10x20',
    [requests('503', '/')]: '0+10x20',
  }),
  silent('no data', 'there never was a request', '15m', watched),
  silent('no data', 'there are no new requests', '15m', {
    ...watched,
    [requests('200')]: '100x20',
    [requests('500')]: '70x20',
  }),
  silent('reset or vanished', 'the counter of a failing pod is reset', '10m', {
    ...watched,
    [requests('200')]: '0+10x20',
    [requests('500')]: '5000x6 0x20',
  }),
  silent('reset or vanished', 'scrapes failed for three minutes and old failures return', '29m', {
    ...{ [target('audio-api')]: '1x20 0x2 1x20', [requests('200')]: '900x20 stale _x2 900x20' },
    [requests('500')]: '100x20 stale _x2 100x20',
  }),
  silent('reset or vanished', 'the failing pod was deleted', '25m', {
    ...watched,
    [requests('500')]: '0+50x5 stale',
  }),
  silent('reset or vanished', 'a Prometheus that has just started finds old failures', '4m', {
    ...watched,
    [requests('200')]: '9000x20',
    [requests('500')]: '5000x20',
  }),
];
