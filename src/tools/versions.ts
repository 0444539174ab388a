import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type versions from '../../versions.json';

/** The clone that this module belongs to. */
export const repositoryRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The pins of `versions.json`. Versions have no leading `v`; images are complete names, registry/repository:tag. */
export type Versions = typeof versions;

/** Whether a dotted version is the floor or newer: `3.9.1` is older than `3.18.5`. Build metadata and a leading `v` do not count. */
export function isAtLeast(version: string, floor: string): boolean {
  const [have, need] = [version, floor].map(
    (text) => text.replace(/^v/, '').split(/[-+]/)[0]?.split('.').map(Number) ?? [],
  );
  for (const index of [0, 1, 2]) {
    const difference = (have?.[index] ?? 0) - (need?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
