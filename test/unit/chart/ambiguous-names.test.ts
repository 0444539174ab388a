import { expect, it } from 'vitest';
import { renderChart } from '../../../src/chart/helm.ts';

it('names that YAML could take for numbers or booleans stay text in the manifests', async () => {
  const manifests = await renderChart({
    release: 'yes',
    namespace: 'on',
    values: { nameOverride: 'no', workers: { pools: { y: { queues: { yes: {} } } } } },
  });
  expect(manifests.length).toBeGreaterThan(5);
  for (const { kind, metadata } of manifests) {
    const texts = [metadata.name, metadata.namespace ?? 'on', ...Object.values(metadata.labels ?? {})];
    for (const text of texts) expect(typeof text, `${kind} ${metadata.name}: ${text}`).toBe('string');
  }
  expect(manifests.map(({ metadata }) => metadata.labels?.['audio-processor/pool'])).toContain('y');
});
