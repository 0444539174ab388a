import { override, type Schema } from '../schema/kit.ts';

/**
 * The schema with a reference wherever it repeats an object of its definitions that requires nothing, and beside the reference
 * the keys that are required there: `workers.defaults` is a pool in which no key may be absent, and the API is scheduled like one.
 * Helm compiles each part of the schema at every command.
 */
export function withReferences(root: Schema): Schema {
  const objects = new Map<string, readonly [pointer: string, schema: Schema]>();
  for (const place of objectsIn(root.$defs ?? {}, '#/$defs')) {
    const shape = shapeOf(place[1]);
    if (!objects.has(shape)) objects.set(shape, place);
  }
  const replace = (schema: Schema): Schema => {
    const [pointer, first] = (schema.properties && objects.get(shapeOf(schema))) ?? [];
    if (pointer === undefined || first === schema) return within(schema, replace);
    const { description } = schema;
    return {
      $ref: pointer,
      ...(description === undefined ? {} : { description }),
      ...requiredIn(schema),
    };
  };
  return within(root, replace);
}

/** The schema without defaults, which `values.yaml` has. */
export function withoutDefaults(schema: Schema): Schema {
  const { default: _default, ...rest } = within(schema, withoutDefaults);
  return rest;
}

/** The objects among some schemas and below their properties that require nothing, each with its pointer. */
function objectsIn(
  schemas: Readonly<Record<string, Schema>>,
  pointer: string,
): readonly (readonly [pointer: string, schema: Schema])[] {
  return Object.entries(schemas).flatMap(([key, schema]) => {
    const { properties } = schema;
    if (properties === undefined) return [];
    const own = hasKeys(requiredIn(schema)) ? [] : [[`${pointer}/${key}`, schema] as const];
    return [...own, ...objectsIn(properties, `${pointer}/${key}/properties`)];
  });
}

/** Equal for schemas that differ in their description, in defaults and in what is required. */
function shapeOf(schema: Schema): string {
  const { title: _title, description: _description, ...shape } = override(schema);
  return JSON.stringify(shape);
}

/** Only the required keys, of the object and of those below it. */
function requiredIn({ required, properties = {} }: Schema): Schema {
  const below = Object.entries(mapped(properties, requiredIn)).filter(([, schema]) => hasKeys(schema));
  return {
    ...(required === undefined ? {} : { required }),
    ...(below.length === 0 ? {} : { properties: Object.fromEntries(below) }),
  };
}

/** The schema with a change of each schema directly below it. */
function within(schema: Schema, change: (schema: Schema) => Schema): Schema {
  const { properties, additionalProperties, items, $defs } = schema;
  return {
    ...schema,
    ...(properties === undefined ? {} : { properties: mapped(properties, change) }),
    ...(typeof additionalProperties === 'object'
      ? { additionalProperties: change(additionalProperties) }
      : {}),
    ...(items === undefined ? {} : { items: change(items) }),
    ...($defs === undefined ? {} : { $defs: mapped($defs, change) }),
  };
}

function mapped(
  schemas: Readonly<Record<string, Schema>>,
  change: (schema: Schema) => Schema,
): Readonly<Record<string, Schema>> {
  return Object.fromEntries(Object.entries(schemas).map(([key, schema]) => [key, change(schema)]));
}

function hasKeys(schema: Schema): boolean {
  return Object.keys(schema).length > 0;
}
