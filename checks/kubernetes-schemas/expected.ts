import versions from '../../versions.json' with { type: 'json' };
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { customFiles } from './custom.ts';
import { chartKinds } from './kinds.ts';
import { definitionsOfPackage, definitionsOfServer } from './sources.ts';
import { definitionsFile, kindFiles, type SchemaFiles } from './vendor.ts';

/** The files that come from the API server whose version this project builds: kinds and definitions. */
export async function filesOfServer(server: Pick<ControlPlane, 'url' | 'access'>): Promise<SchemaFiles> {
  const { node } = versions.kubernetes;
  const definitions = await definitionsOfServer(server, chartKinds);
  return new Map([...kindFiles(node, definitions), ...definitionsFile(node, definitions)]);
}

/** The files of the other versions of `versions.json`, `kubernetes.schemas`, from the Python package. */
export async function filesOfPackage(note?: (line: string) => void): Promise<SchemaFiles> {
  const { node, schemas } = versions.kubernetes;
  const files = new Map<string, string>();
  for (const version of schemas.filter((one) => one !== node)) {
    for (const [path, text] of kindFiles(version, await definitionsOfPackage(version, note))) {
      files.set(path, text);
    }
  }
  return files;
}

/** The files of the custom kinds, which depend on no version of Kubernetes. */
export async function filesOfOperators(note?: (line: string) => void): Promise<SchemaFiles> {
  const [any = versions.kubernetes.floor] = versions.kubernetes.schemas;
  return customFiles(await definitionsOfPackage(any, note));
}
