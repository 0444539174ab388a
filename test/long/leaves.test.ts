import { expect, test } from 'vitest';
import { checkLeaf, leaves } from '../render/leaves.ts';

test.each(leaves.map((leaf) => [leaf.path, leaf] as const))('%s changes its own objects', (_, leaf) =>
  checkLeaf(leaf),
);

test('every leaf is rendered', () => {
  expect(leaves.length).toBeGreaterThan(150);
});
