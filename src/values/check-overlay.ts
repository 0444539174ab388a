import { isDeepStrictEqual } from 'node:util';
import type { Problem } from '../report/problem.ts';
import type { Schema } from '../schema/kit.ts';
import { renamedValues } from '../schema/renamed.ts';
import { isMap, type Value, type ValueMap } from './merge.ts';
import { nearestKey, placesOf } from './nearest.ts';
import { showPath, showValue } from './path.ts';
import { isOpen, mapValues, resolve } from './schema-tree.ts';

/** A problem and the keys of the value that has it, from the root. */
export interface PlacedProblem extends Problem {
  readonly keys: readonly string[];
}

/** What surrounds a value during the walk. */
interface Place {
  readonly keys: readonly string[];
  /** What the value falls back to: the defaults, with earlier overlays laid over them. */
  readonly base: Value | undefined;
  /** True when the parent takes any key: a map keyed by name or what Kubernetes defines. */
  readonly isEntry: boolean;
  /** True anywhere below a map's entry, where an absent key inherits. */
  readonly inMap: boolean;
}

/**
 * Problems of an overlay that are known before it is merged: keys that the schema does not know, nulls that delete nothing or
 * too much, and (as warnings) values that change nothing.
 * @param base what the overlay is laid over: the defaults, with the overlays before it
 */
export function checkOverlay(overlay: ValueMap, root: Schema, base: ValueMap): readonly PlacedProblem[] {
  return checkValue(overlay, root, root, { keys: [], base, isEntry: false, inMap: false });
}

function checkValue(value: Value, schema: Schema, root: Schema, place: Place): readonly PlacedProblem[] {
  const resolved = resolve(schema, root);
  if (value === null) return checkNull(resolved, place);
  if (Array.isArray(value)) {
    const items = (value as readonly Value[]).flatMap((item, index) =>
      resolved.items === undefined || item === null
        ? []
        : checkValue(item, resolved.items, root, { ...below(place, String(index)), base: undefined }),
    );
    return [...items, ...checkEqual(value, place)];
  }
  if (!isMap(value)) return checkEqual(value, place);
  const found = Object.entries(value).flatMap(([key, child]) => checkKey(key, child, resolved, root, place));
  const isEmpty = Object.keys(value).length === 0;
  return isEmpty && place.keys.length > 0 ? checkEqual(value, place) : found;
}

function checkKey(
  key: string,
  value: Value,
  parent: Schema,
  root: Schema,
  place: Place,
): readonly PlacedProblem[] {
  const declared = Object.hasOwn(parent.properties ?? {}, key) ? parent.properties?.[key] : undefined;
  if (declared !== undefined) return checkValue(value, declared, root, below(place, key));
  const entry = mapValues(parent);
  if (entry !== undefined) {
    return checkValue(value, entry, root, { ...below(place, key), isEntry: true, inMap: true });
  }
  // What Kubernetes defines has no declared keys; it is only compared with the default.
  if (isOpen(parent)) {
    return checkValue(value, isMap(value) ? { type: 'object' } : {}, root, {
      ...below(place, key),
      isEntry: true,
    });
  }
  // A map where the schema wants a scalar or a list is a wrong type, which the merged values' check reports.
  if (parent.properties === undefined) return [];
  return [unknownKey(key, value, Object.keys(parent.properties), root, [...place.keys, key])];
}

function below(place: Place, key: string): Place {
  const base = isMap(place.base) && Object.hasOwn(place.base, key) ? place.base[key] : undefined;
  return { keys: [...place.keys, key], base, isEntry: false, inMap: place.inMap };
}

function unknownKey(
  key: string,
  value: Value,
  known: readonly string[],
  root: Schema,
  keys: readonly string[],
): PlacedProblem {
  const renamed = renamedValues[keys.join('.')];
  if (renamed !== undefined) {
    const path = showPath(keys);
    return {
      keys,
      path,
      code: 'renamed',
      message: 'this value has a new path',
      found: showValue(value),
      remedy: `set \`${renamed}\``,
    };
  }
  const nearest = nearestKey(key, known);
  const elsewhere = placesOf(keys, root);
  const hint =
    nearest !== undefined
      ? `did you mean \`${showPath([...keys.slice(0, -1), nearest])}\`?`
      : elsewhere.length > 0
        ? `this key exists at ${elsewhere.map((path) => `\`${path}\``).join(', ')}`
        : undefined;
  return {
    code: 'additionalProperties',
    keys,
    path: showPath(keys),
    message: `unknown key \`${key}\``,
    found: showValue(value),
    allowed: known.length === 0 ? 'no key at all: {}' : known.join(', '),
    ...(hint === undefined ? {} : { remedy: hint }),
  };
}

function checkNull(schema: Schema, { keys, base, isEntry, inMap }: Place): readonly PlacedProblem[] {
  const takesNull = Array.isArray(schema.type) && (schema.type as readonly string[]).includes('null');
  if (takesNull || (base !== undefined && (isEntry || inMap))) return [];
  const common = { code: 'null', keys, path: showPath(keys), found: 'null' };
  if (base === undefined) {
    return [
      {
        ...common,
        message: 'null deletes a default, and there is none here',
        remedy: 'write a value, or remove the line',
      },
    ];
  }
  return [
    {
      ...common,
      message: 'null deletes the default, and the chart needs a value here',
      remedy: `write a value, or remove the line to keep ${showValue(base)}`,
    },
  ];
}

function checkEqual(value: Value, { keys, base }: Place): readonly PlacedProblem[] {
  // An empty map over a map changes nothing, whatever that holds.
  const changesNothing =
    isDeepStrictEqual(value, base) || (isMap(value) && Object.keys(value).length === 0 && isMap(base));
  if (!changesNothing) return [];
  return [
    {
      severity: 'warning',
      code: 'unchanged',
      keys,
      path: showPath(keys),
      message: 'the value changes nothing: it equals the default or an earlier file',
      found: showValue(value),
      remedy: 'remove the line; an overlay has only what differs',
    },
  ];
}
