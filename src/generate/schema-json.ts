import type { Schema } from '../schema/kit.ts';
import { generatedFrom } from './header.ts';

/** `values.schema.json`: what Helm, editors and Artifact Hub read. JSON has no comments, so `$comment` says where it is from. */
export function valuesSchemaJson(schema: Schema): string {
  const { definitions, ...rest } = schema;
  const document = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $comment: generatedFrom('src/schema/values.ts'),
    ...rest,
    ...(definitions === undefined ? {} : { definitions }),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
