import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { goModuleDirectory } from '../../src/tools/go-module.ts';
import versions from '../../versions.json' with { type: 'json' };
import { type Definitions, formatSchema, kindSchema, type Schema, SchemaSourceError } from './convert.ts';
import { type CustomKind, customKinds, schemaFileName } from './kinds.ts';
import type { SchemaFiles } from './vendor.ts';

const objectMeta = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

interface CustomResourceDefinition {
  readonly spec: {
    readonly versions: readonly { name: string; schema: { openAPIV3Schema: Schema } }[];
  };
}

/**
 * One schema a custom kind under `custom/`, from the CustomResourceDefinition in its pinned Go module.
 * @param kubernetes definitions that hold ObjectMeta, which a CustomResourceDefinition leaves open
 * @throws {CommandError} when a module cannot be had; {SchemaSourceError} when a definition is not understood.
 */
export async function customFiles(kubernetes: Definitions): Promise<SchemaFiles> {
  const files = new Map<string, string>();
  for (const kind of customKinds) {
    const schema = kindSchema(kind, await customDefinitions(kind, kubernetes));
    files.set(`custom/${schemaFileName(kind)}`, formatSchema(schema));
  }
  return files;
}

/** Path of the CustomResourceDefinition of each custom kind, for an API server that has to know them. */
export async function customDefinitionFiles(): Promise<readonly string[]> {
  return Promise.all(customKinds.map(definitionFile));
}

async function definitionFile({ module, pin, file }: CustomKind): Promise<string> {
  return join(await goModuleDirectory(module, versions.customResources[pin]), file);
}

async function customDefinitions(kind: CustomKind, kubernetes: Definitions): Promise<Definitions> {
  const { spec } = parse(await readFile(await definitionFile(kind), 'utf8')) as CustomResourceDefinition;
  const served = spec.versions.find(({ name }) => name === kind.version);
  if (served === undefined) throw new SchemaSourceError(kind.file, `has no version ${kind.version}`);
  const { openAPIV3Schema: schema } = served.schema;
  const { group, version, kind: name } = kind;
  const own: Schema = {
    ...schema,
    properties: { ...(schema.properties as Schema), metadata: { $ref: `#/definitions/${objectMeta}` } },
    'x-kubernetes-group-version-kind': [{ group, version, kind: name }],
  };
  return new Map([...kubernetes, [`${group}.${version}.${name}`, own]]);
}
