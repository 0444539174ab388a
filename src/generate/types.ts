import { compile } from 'json-schema-to-typescript';
import type { Schema } from '../schema/kit.ts';
import { generatedFrom } from './header.ts';

/**
 * `src/generated/values.ts`: the values as a TypeScript type. A key that has a default is always there once Helm has merged,
 * so it is required in the type; keys that inherit or may be unset are optional.
 */
export async function valuesTypes(root: Schema): Promise<string> {
  const schema = { ...withRequired(root), title: 'Values' };
  return await compile(schema as Parameters<typeof compile>[0], 'Values', {
    bannerComment: `// ${generatedFrom('src/schema/values.ts')}`,
    unknownAny: true,
    ignoreMinAndMaxItems: true,
    style: { singleQuote: true, printWidth: 110 },
  });
}

/** A schema for the type generator, which would generate a separate type for a reference beside annotations. */
type TypedSchema = Schema & { readonly allOf?: readonly Schema[] };

function withRequired({ $ref, ...schema }: Schema): TypedSchema {
  // With a default beside a reference the generator would narrow the type to that of the default.
  const { properties, $defs, additionalProperties, items, default: _default, ...rest } = schema;
  const required = Object.keys(properties ?? {}).filter((key) => hasDefault(properties?.[key]));
  return {
    ...rest,
    ...($ref === undefined ? {} : { allOf: [{ $ref }] }),
    ...(properties === undefined ? {} : { properties: mapValues(properties, withRequired) }),
    ...(required.length === 0 ? {} : { required }),
    ...(additionalProperties === undefined
      ? {}
      : {
          additionalProperties:
            typeof additionalProperties === 'object'
              ? withRequired(additionalProperties)
              : additionalProperties,
        }),
    ...(items === undefined ? {} : { items: withRequired(items) }),
    ...($defs === undefined ? {} : { $defs: mapValues($defs, withRequired) }),
  };
}

/** A closed object is required if a key in it is; anything else if it has a default. */
function hasDefault(schema: Schema | undefined): boolean {
  if (schema === undefined) return false;
  return schema.default !== undefined || Object.values(schema.properties ?? {}).some(hasDefault);
}

function mapValues<T>(
  record: Readonly<Record<string, T>>,
  change: (value: T) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
