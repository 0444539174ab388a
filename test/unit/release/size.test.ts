import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { chartDirectory } from '../../../src/chart/helm.ts';
import { packChart } from '../../../src/release/pack.ts';

it('the archive is at most 200 kB', async () => {
  const { bytes } = await packChart(chartDirectory);
  expect(bytes.length).toBeLessThanOrEqual(200_000);
});

it('the schema, which every command of Helm reads, is at most 160 kB', async () => {
  expect((await stat(join(chartDirectory, 'values.schema.json'))).size).toBeLessThanOrEqual(160_000);
});
