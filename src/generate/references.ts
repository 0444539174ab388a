import { override, type Schema } from '../schema/kit.ts';

/**
 * The schema with a reference wherever it repeats a definition that requires nothing, and beside the reference the keys that
 * are required there: `workers.defaults` is a pool in which no key may be absent. Helm compiles each part of the schema at every command.
 */
export function withReferences(root: Schema): Schema {
  const names = new Map<string, string>();
  for (const [name, definition] of Object.entries(root.$defs ?? {})) {
    if (definition.properties !== undefined && !hasKeys(requiredIn(definition)))
      names.set(shapeOf(definition), name);
  }
  const replace = (schema: Schema): Schema => {
    const name = schema.properties === undefined ? undefined : names.get(shapeOf(schema));
    if (name === undefined) return within(schema, replace);
    const { description } = schema;
    return {
      $ref: `#/$defs/${name}`,
      ...(description === undefined ? {} : { description }),
      ...requiredIn(schema),
    };
  };
  return { ...within(root, replace), $defs: mapped(root.$defs ?? {}, (schema) => within(schema, replace)) };
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

/** The schema with a change of each schema directly below it, but its definitions. */
function within(schema: Schema, change: (schema: Schema) => Schema): Schema {
  const { properties, additionalProperties, items } = schema;
  return {
    ...schema,
    ...(properties === undefined ? {} : { properties: mapped(properties, change) }),
    ...(typeof additionalProperties === 'object'
      ? { additionalProperties: change(additionalProperties) }
      : {}),
    ...(items === undefined ? {} : { items: change(items) }),
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
