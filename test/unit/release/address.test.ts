import { describe, expect, it } from 'vitest';
import { readRegistry } from '../../../src/release/registry.ts';

describe('the address of a registry', () => {
  it.each(['oci://ghcr.io/example/charts', 'oci://127.0.0.1:5000', 'oci://r.example.com/a_b/c-d'])(
    '%s',
    (url) => {
      expect(readRegistry(url)).toBe(url);
    },
  );

  it.each([
    'ghcr.io/example',
    'https://ghcr.io/example',
    'oci://ghcr.io/example:1.0.0',
    'oci://ghcr.io/Example',
    'oci://',
  ])('is not %s', (url) => {
    expect(() => readRegistry(url)).toThrow('no address of a registry');
  });
});
