import { expect, it } from 'vitest';
import { bench, benchTable } from '../../../checks/bench.ts';

it('times each render beside the empty chart, once a round', async () => {
  const told: string[] = [];
  const rows = await bench(['helm'], 1, (line) => told.push(line));
  expect(rows.map(({ rendered }) => rendered)).toEqual(['empty chart', 'defaults', 'prod', 'all-features']);
  expect(rows[0]).toMatchObject({ helm: 'helm', ratio: 1 });
  for (const { medianMs, fastestMs } of rows) {
    expect(fastestMs).toBeGreaterThan(0);
    expect(medianMs).toBe(fastestMs);
  }
  expect(told.filter((line) => line.startsWith('round '))).toEqual(['round 1 of 1']);
});

it('prints one line a row', () => {
  const row = { helm: 'helm-4', rendered: 'prod', medianMs: 123, fastestMs: 99, ratio: 2.5 };
  expect(benchTable([row]).split('\n')[1]).toMatch(/^helm-4 +prod +123 ms +99 ms +2\.5$/);
});
