import type { Schema } from './kit.ts';

/** Values that have a new path, by their old path. `npm run validate` and Helm name the new one. */
export const renamedValues: Readonly<Record<string, string>> = {
  'global.monitoring.plainRelease': 'global.monitoring.unprefixedRelease',
};

/**
 * The schema with the old paths, each of which takes no value but a text that names the new one: of a refused value
 * Helm prints what it must be, and of an unknown key nothing.
 */
export function withRenamedValues(root: Schema): Schema {
  return Object.entries(renamedValues).reduce((schema, [before, now]) => {
    const refused: Schema = { enum: [`renamed: set ${now}`], description: `Renamed to \`${now}\`.` };
    return withProperty(schema, before.split('.'), refused);
  }, root);
}

/** The schema with one property more, if it has the object that the property belongs to. */
function withProperty(schema: Schema, [key = '', ...rest]: readonly string[], property: Schema): Schema {
  if (rest.length === 0) return { ...schema, properties: { ...schema.properties, [key]: property } };
  const child = schema.properties?.[key];
  if (child === undefined) return schema;
  return { ...schema, properties: { ...schema.properties, [key]: withProperty(child, rest, property) } };
}
