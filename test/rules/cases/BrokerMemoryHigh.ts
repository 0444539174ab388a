import { type Case, fires, own, silent } from '../case.ts';

const used = own('redis_memory_used_bytes');
const most = own('redis_memory_max_bytes');

/** Rule tests of BrokerMemoryHigh. */
export const cases: readonly Case[] = [
  fires(
    'fires',
    '90% is used',
    '6m',
    { [used]: '900x20', [most]: '1000x20' },
    {
      labels: { component: 'broker' },
      summary: 'The broker uses 90% of its memory',
      description: 'More than 80% of maxmemory is in use. A full broker refuses new tasks and results.',
    },
  ),
  silent('threshold', 'exactly 80% is used', '20m', { [used]: '800x20', [most]: '1000x20' }),
  silent('no data', 'the broker has no maxmemory', '20m', { [used]: '900x20', [most]: '0x20' }),
  silent('no data', 'the exporter has no series', '20m', {}),
  silent('reset or vanished', 'the broker was deleted within 5m', '15m', {
    [used]: '900x3 stale',
    [most]: '1000x3 stale',
  }),
];
