/** A value of an overlay: JSON, null included. */
export type Value = string | number | boolean | null | readonly Value[] | ValueMap;

/** A map of an overlay. */
export type ValueMap = { readonly [key: string]: Value };

/** True for a map: neither list nor scalar nor null. */
export function isMap(value: Value | undefined): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The values that templates see, merged as Helm merges them. Overlays first, each over the one before: maps are merged,
 * everything else is replaced, null included. Then the defaults fill in below: null deletes the default of its key,
 * a null without default stays, and where one side is a map and the other is not, the overlay stays.
 */
export function mergeValues(defaults: ValueMap, overlays: readonly ValueMap[]): ValueMap {
  return fillIn(overlays.reduce(layOver, {}), defaults);
}

function layOver(below: ValueMap, over: ValueMap): ValueMap {
  const merged: Record<string, Value> = { ...below };
  for (const [key, value] of Object.entries(over)) {
    const under = ownValue(below, key);
    define(merged, key, isMap(value) && isMap(under) ? layOver(under, value) : value);
  }
  return merged;
}

function fillIn(values: ValueMap, defaults: ValueMap): ValueMap {
  const merged: Record<string, Value> = { ...values };
  for (const [key, fallback] of Object.entries(defaults)) {
    const value = ownValue(values, key);
    if (value === undefined) define(merged, key, fallback);
    else if (value === null) delete merged[key];
    else if (isMap(value) && isMap(fallback)) define(merged, key, fillIn(value, fallback));
  }
  return merged;
}

/** A key may be called `__proto__` or `constructor`; only the map's own keys count. */
function ownValue(map: ValueMap, key: string): Value | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function define(map: Record<string, Value>, key: string, value: Value): void {
  Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true });
}
