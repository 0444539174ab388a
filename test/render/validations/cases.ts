import type { RenderOptions } from '../../../src/chart/helm.ts';

/** Values that the rules refuse, and the paths of the problems that Helm reports, sorted. */
export type Refused = readonly [
  title: string,
  values: object,
  paths: readonly string[],
  more?: Pick<RenderOptions, 'release'>,
];

/** Neighbours of refused values: valid ones. */
export type Accepted = readonly [title: string, values: object];

/** Values of the pool `cpu`. */
export const cpu = (own: object): object => ({ workers: { pools: { cpu: own } } });

/** `scaling` of the pool `cpu`, and more of its values. */
export const scaled = (scaling: object, more: object = {}): object => cpu({ scaling, ...more });

export const on = { enabled: true };
