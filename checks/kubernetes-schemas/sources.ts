import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../src/process/run.ts';
import { pythonEnvironment } from '../../src/tools/python.ts';
import { getText } from '../control-plane/client.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { type Definitions, type Schema, SchemaSourceError } from './convert.ts';
import { apiVersionOf, type Kind } from './kinds.ts';

const requirements = fileURLToPath(new URL('../../schemas/requirements.txt', import.meta.url));

/**
 * What a running API server publishes about the kinds, under `/openapi/v3`: the truth for its version.
 * @throws {SchemaSourceError} when two API groups define one name differently.
 */
export async function definitionsOfServer(
  server: Pick<ControlPlane, 'url' | 'access'>,
  kinds: readonly Kind[],
): Promise<Definitions> {
  const groups = new Set(kinds.map((kind) => `${kind.group === '' ? 'api' : 'apis'}/${apiVersionOf(kind)}`));
  const documents = await Promise.all(
    [...groups].map(async (group) => getText(`${server.url}/openapi/v3/${group}`, server.access)),
  );
  const all = new Map<string, Schema>();
  for (const document of documents) {
    const { components } = JSON.parse(document) as { components: { schemas: Record<string, Schema> } };
    for (const [name, schema] of Object.entries(components.schemas)) {
      const known = all.get(name);
      if (known !== undefined && shape(known) !== shape(schema)) {
        throw new SchemaSourceError(name, 'two API groups of the server define it differently');
      }
      all.set(name, schema);
    }
  }
  return all;
}

/**
 * What the Python package `kubernetes-validate` carries for a Kubernetes version whose API server we do not build.
 * It has the first release of each minor only (`1.31.0`) and, unlike a server, no enumerations.
 * @throws {CommandError} when the package cannot be installed; {Error} (ENOENT) when it lacks the version.
 */
export async function definitionsOfPackage(
  version: string,
  note?: (line: string) => void,
): Promise<Definitions> {
  const python = await pythonEnvironment(requirements, note);
  const where = [
    '-c',
    'import kubernetes_validate, os; print(os.path.dirname(kubernetes_validate.__file__))',
  ];
  const { stdout } = await run(python, where, { timeoutMs: 30_000 });
  const file = join(stdout.trim(), 'kubernetes-json-schema', `v${version}-local`, '_definitions.json');
  const { $defs } = JSON.parse(await readFile(file, 'utf8')) as { $defs: Record<string, Schema> };
  return new Map(Object.entries($defs));
}

/** Options and events list the groups that serve them; the list grows by group, the shape does not. */
function shape({ 'x-kubernetes-group-version-kind': _servedIn, ...rest }: Schema): string {
  return JSON.stringify(rest);
}
