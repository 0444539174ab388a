import type { Schema } from '../schema/kit.ts';
import { generatedFrom } from './header.ts';

/** `values.schema.json`: what Helm, editors and Artifact Hub read. JSON has no comments, so `$comment` says where it is from. */
export function valuesSchemaJson(schema: Schema, source = 'src/schema/values.ts'): string {
  return schemaJson(schema, source);
}

/**
 * The same for editors: an overlay is a part of the values, so nothing is required in it. Helm, which sees the merge,
 * refuses a null that deletes what the chart needs.
 */
export function overlaySchemaJson(schema: Schema): string {
  return schemaJson(withoutRequired(schema), 'src/schema/values.ts');
}

function withoutRequired(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === 'required' && Array.isArray(value) ? undefined : value,
  ) as Schema;
}

function schemaJson(schema: Schema, source: string): string {
  const { $defs, ...rest } = schema;
  const document = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $comment: generatedFrom(source),
    ...rest,
    ...($defs === undefined ? {} : { $defs }),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
