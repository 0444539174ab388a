import { expect, it } from 'vitest';
import { bench, benchTable } from '../../../checks/bench.ts';

it('measures the CPU time of each render beside the empty chart, once a round', async () => {
  const notes: string[] = [];
  const rows = await bench(['helm'], 1, (line) => notes.push(line));
  expect(rows.map(({ rendered }) => rendered)).toEqual(['empty chart', 'defaults', 'prod', 'all-features']);
  expect(rows[0]).toMatchObject({ helm: 'helm', ratio: 1 });
  for (const { medianCpuMs, minimumCpuMs } of rows) {
    expect(minimumCpuMs).toBeGreaterThan(0);
    expect(medianCpuMs).toBe(minimumCpuMs);
  }
  expect(notes.filter((line) => line.startsWith('round '))).toEqual(['round 1 of 1']);
});

it('prints one line a row', () => {
  const row = { helm: 'helm-4', rendered: 'prod', medianCpuMs: 123, minimumCpuMs: 99, ratio: 2.5 };
  expect(benchTable([row]).split('\n')[1]).toMatch(/^helm-4 +prod +123 ms +99 ms +2\.50$/);
});
