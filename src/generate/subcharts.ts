import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type SubchartName, subchartSchema, subcharts } from '../schema/subcharts.ts';
import type { GeneratedFile } from './files.ts';
import { generatedFrom } from './header.ts';
import { valuesSchemaJson } from './schema-json.ts';
import { valuesYaml } from './values-yaml.ts';

/** Helpers that every server's chart has under its own prefix: a chart that is installed alone sees no other's. */
const HELPERS = 'src/generate/server';

/**
 * Schema, defaults and common helpers of each subchart.
 * @param folder of the subcharts, relative to the repository
 */
export async function subchartFiles(root: string, folder: string): Promise<readonly GeneratedFile[]> {
  const files = (await readdir(join(root, HELPERS))).sort();
  const helpers = await Promise.all(files.map((file) => readFile(join(root, HELPERS, file), 'utf8')));
  return (Object.keys(subcharts) as SubchartName[]).flatMap((name) => {
    const source = `src/schema/${name}.ts`;
    const schema = subchartSchema(name);
    return [
      { path: `${folder}/${name}/values.schema.json`, text: valuesSchemaJson(schema, source) },
      { path: `${folder}/${name}/values.yaml`, text: valuesYaml(schema, source) },
      {
        path: `${folder}/${name}/templates/_server.tpl`,
        text: `{{/* ${generatedFrom(HELPERS)} */}}\n${renamed(helpers.join(''), name)}`,
      },
    ];
  });
}

/** The helpers of `server.` as those of one server. */
function renamed(text: string, name: SubchartName): string {
  return text.replaceAll('"server.', `"${name}.`).replaceAll('@server@', name);
}
