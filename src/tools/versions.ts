import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone that this module belongs to. */
export const repositoryRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The pins of `versions.json`, the one place that holds them. Versions carry no leading `v`. */
export interface Versions {
  readonly kubernetes: { readonly floor: string; readonly node: string; readonly schemas: readonly string[] };
  /** Modules whose custom kinds the chart may render, by the name that `customKinds` gives them. */
  readonly customResources: Readonly<Record<string, string>>;
  readonly helm: { readonly floor: string; readonly default: string; readonly kubectl: string };
  /** Complete image names: registry/repository:tag. */
  readonly images: Readonly<
    Record<
      | 'broker'
      | 'prometheus'
      | 'alertmanager'
      | 'grafana'
      | 'redisExporter'
      | 'busybox'
      | 'chartTesting'
      | 'envoy'
      | 'pause',
      string
    >
  >;
  /** Go programs by the name of their folder under `tools/`. */
  readonly tools: Readonly<Record<string, string>>;
}

/** Reads `versions.json` of this clone. */
export function versions(): Versions {
  return JSON.parse(readFileSync(join(repositoryRoot, 'versions.json'), 'utf8')) as Versions;
}

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
