import type { Schema } from '../schema/kit.ts';
import { withRenamedValues } from '../schema/renamed.ts';
import { withHelmKeys } from '../schema/subcharts.ts';
import { generatedFrom } from './header.ts';
import { withoutDefaults, withReferences } from './references.ts';

/**
 * `values.schema.json`: what Helm, editors and Artifact Hub read. JSON has no comments, so `$comment` names its source. Helm reads
 * it at every command, so it repeats nothing, also not the defaults.
 */
export function valuesSchemaJson(schema: Schema): string {
  return schemaJson(withoutDefaults(withReferences(withRenamedValues(withHelmKeys(schema)))));
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
  return `${jsonText(document)}\n`;
}

const WIDTH = 120;

/** JSON by lines; an object or a list that fits on the rest of a line is on that line. */
function jsonText(value: unknown, indent = ''): string {
  const line = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || indent.length + line.length <= WIDTH) return line;
  const below = `${indent}  `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const parts = Array.isArray(value)
    ? value.map((item) => jsonText(item, below))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${jsonText(item, below)}`);
  return `${open}\n${parts.map((part) => below + part).join(',\n')}\n${indent}${close}`;
}
