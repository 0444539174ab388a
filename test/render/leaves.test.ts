import { describe, expect, test } from 'vitest';
import { checkLeaf, leaves } from './leaves.ts';
import { changedWords, sample, seed } from './sample.ts';

/** How many leaves a commit checks beside those that it changes; `npm run test:long` checks all. */
const sampleSize = 30;

const words = await changedWords();
/**
 * A leaf is changed by a diff that has its last two keys. The name of an alert is enough: its file has no `enabled`, which the
 * schema adds.
 */
const isChanged = (path: string) => {
  const keys = path.split('.');
  return keys
    .slice(-2, path.startsWith('monitoring.alerts.') ? -1 : undefined)
    .every((key) => words.has(key));
};

const changed = leaves.filter(({ path }) => isChanged(path));
const sampled = sample(
  leaves.filter(({ path }) => !isChanged(path)),
  sampleSize,
);

test('the leaves of the schema are found', () => {
  expect(leaves.length).toBeGreaterThan(150);
  expect(leaves.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['app.s3.bucket', 'workers.pools', 'workers.pools.cpu.scaling.replicas']),
  );
});

describe(`a leaf changes its own objects: drawn by AUDIO_PROCESSOR_TEST_SEED=${seed}, or changed by the diff`, () => {
  test.each([...sampled, ...changed].map((leaf) => [leaf.path, leaf] as const))('%s', (_, leaf) =>
    checkLeaf(leaf),
  );
});
