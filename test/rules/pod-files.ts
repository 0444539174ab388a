import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Manifest } from '../../src/chart/helm.ts';

/** The part of a PodSpec that names files. */
interface PodSpec {
  readonly containers: readonly {
    readonly args: readonly string[];
    readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  }[];
  readonly volumes: readonly {
    readonly name: string;
    readonly configMap?: { readonly name: string };
    readonly secret?: { readonly items?: readonly { readonly path: string }[] };
  }[];
}

/** Keys of the Secret of a server's password, as the chart's README lists them. */
const passwordKeys = ['username', 'password', 'web.yml'];
/** Where Kubernetes mounts the credentials of the ServiceAccount. */
const account = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * Calls `use` with a folder that holds every file which the pod of a server reads: ConfigMaps as they were rendered, and a
 * placeholder for what comes from Secrets. Paths in the files lead into the folder.
 * @param use gets the path of the file that `--config.file` names
 * @param change what a test does to a file before it is written
 * @throws {Error} when there is no such Deployment, or a ConfigMap that it does not call optional is missing.
 */
export async function withPodFiles<T>(
  objects: readonly Manifest[],
  component: 'prometheus' | 'alertmanager',
  use: (configFile: string) => Promise<T>,
  change: (text: string, path: string) => string = (text) => text,
): Promise<T> {
  const spec = podOf(objects, component);
  const files = new Map([`${account}/token`, `${account}/ca.crt`].map((path) => [path, 'placeholder']));
  for (const { name, mountPath } of spec.containers[0]?.volumeMounts ?? []) {
    const volume = spec.volumes.find((one) => one.name === name);
    for (const [file, text] of Object.entries(contents(objects, volume)))
      files.set(`${mountPath}/${file}`, text);
  }
  const config = spec.containers[0]?.args.find((arg) => arg.startsWith('--config.file='))?.split('=')[1];
  if (config === undefined || !files.has(config))
    throw new Error(`${component} reads ${config}, which is not mounted`);
  const folder = await mkdtemp(join(tmpdir(), 'pod-'));
  try {
    for (const [path, rendered] of files) {
      const text = change(rendered, path);
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(
        join(folder, path),
        text.replaceAll(/\/(?:etc\/(?:prometheus|alertmanager)|var\/run)\//g, `${folder}$&`),
      );
    }
    return await use(join(folder, config));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function podOf(objects: readonly Manifest[], component: string): PodSpec {
  const found = objects.find(
    ({ kind, metadata }) =>
      kind === 'Deployment' && metadata.labels?.['app.kubernetes.io/component'] === component,
  );
  if (found === undefined) throw new Error(`no Deployment of ${component}`);
  return (found as unknown as { readonly spec: { readonly template: { readonly spec: PodSpec } } }).spec
    .template.spec;
}

function contents(
  objects: readonly Manifest[],
  volume: PodSpec['volumes'][number] | undefined,
): Readonly<Record<string, string>> {
  if (volume?.secret !== undefined) {
    const keys = volume.secret.items?.map(({ path }) => path) ?? passwordKeys;
    return Object.fromEntries(keys.map((key) => [key, 'placeholder']));
  }
  const map = objects.find(
    ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === volume?.configMap?.name,
  );
  return (map as { readonly data?: Readonly<Record<string, string>> } | undefined)?.data ?? {};
}
