import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import versions from '../../versions.json' with { type: 'json' };
import type { Schema } from '../schema/kit.ts';
import { inheritances } from '../schema/values.ts';
import { dashboardFiles } from './dashboards.ts';
import { environmentFiles } from './environments.ts';
import type { GeneratedFile } from './files.ts';
import { generatedFrom } from './header.ts';
import { inhibitionsPage } from './inhibitions.ts';
import { messageFiles } from './messages.ts';
import { chartReadme } from './readme.ts';
import { overlaySchemaJson, valuesSchemaJson } from './schema-json.ts';
import { valuesTypes } from './types.ts';
import { valuesYaml } from './values-yaml.ts';

const CHART = 'charts/audio-processor';

/**
 * Every generated file of the repository, as it should be now; nothing is written.
 * @param root the repository
 * @throws {ProblemError} when an environment is not valid
 */
export async function generatedFiles(root: string, schema: Schema): Promise<readonly GeneratedFile[]> {
  const template = await readFile(join(root, CHART, 'README.md.hbs'), 'utf8');
  const { name } = parse(await readFile(join(root, CHART, 'Chart.yaml'), 'utf8')) as {
    readonly name: string;
  };
  const chart = { name, kubernetes: versions.kubernetes.floor };
  const source = `${CHART}/README.md.hbs and src/schema/values.ts`;
  return [
    { path: `${CHART}/values.schema.json`, text: valuesSchemaJson(schema) },
    { path: 'environments/overlay.schema.json', text: overlaySchemaJson(schema) },
    { path: `${CHART}/values.yaml`, text: valuesYaml(schema) },
    { path: 'src/generated/values.ts', text: await valuesTypes(schema) },
    {
      path: `${CHART}/README.md`,
      text: chartReadme(template, schema, chart, generatedFrom(source), inheritances),
    },
    ...(await messageFiles(root, CHART)),
    inhibitionsPage(),
    ...(await environmentFiles(root, schema)),
    ...dashboardFiles(),
  ];
}
