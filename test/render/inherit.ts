/** A value of the values tree, null included. */
export type Tree = null | boolean | number | string | readonly Tree[] | { readonly [key: string]: Tree };

/** One layer of inheritance. */
export type Layer = Readonly<Record<string, Tree>>;

/** Whether a value is a map, and not a list or null. */
export const isLayer = (value: Tree | undefined): value is Layer =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The rule of inheritance: later layers override key by key, null removes. */
export function inherit(layers: readonly Layer[]): Layer {
  const result: Record<string, Tree> = {};
  for (const layer of layers) {
    for (const [key, value] of Object.entries(layer)) {
      const before = result[key];
      if (value === null) delete result[key];
      else if (isLayer(value)) result[key] = inherit(isLayer(before) ? [before, value] : [value]);
      else result[key] = value;
    }
  }
  return result;
}
