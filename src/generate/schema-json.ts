import type { Schema } from '../schema/kit.ts';
import { withRenamedValues } from '../schema/renamed.ts';
import { withHelmKeys } from '../schema/subcharts.ts';
import { generatedFrom } from './header.ts';
import { withReferences } from './references.ts';

/** `values.schema.json`: what Helm, editors and Artifact Hub read. JSON has no comments, so `$comment` names its source. */
export function valuesSchemaJson(schema: Schema): string {
  return schemaJson(withReferences(withRenamedValues(withHelmKeys(schema))));
}

/**
 * The same for editors: an overlay is a part of the values, so nothing is required in it. Helm, which sees the merge,
 * refuses a null that deletes what the chart needs.
 */
export function overlaySchemaJson(schema: Schema): string {
  return schemaJson(withoutRequired(withRenamedValues(schema)));
}

function withoutRequired(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === 'required' && Array.isArray(value) ? undefined : value,
  ) as Schema;
}

function schemaJson(schema: Schema): string {
  const { $defs, ...rest } = schema;
  const document = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $comment: generatedFrom('src/schema/values.ts'),
    ...rest,
    ...($defs === undefined ? {} : { $defs }),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
