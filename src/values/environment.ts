import type { Values } from '../generated/values.ts';
import type { ValueMap } from './merge.ts';

/**
 * What an environment may set: any part of the values. A name in a map may be null, which deletes the chart's
 * default of that name; nothing else may.
 */
export type Overlay<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: Overlay<T[K]> | (string extends keyof T ? null : never) }
    : T;

/**
 * Declares an environment: only what differs from the chart's defaults. The compiler refuses unknown keys and wrong types;
 * `npm run generate` refuses values that equal the default and writes the YAML.
 */
export function environment(overlay: Overlay<Values>): ValueMap {
  // What Kubernetes defines is `unknown` in the type; being written in a literal here, it is JSON like the rest.
  return overlay as ValueMap;
}
