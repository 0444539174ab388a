import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import type { Manifest } from '../../src/chart/helm.ts';
import { kubectl } from '../../src/deploy/kubectl.ts';
import { ensureNamespace } from '../../src/deploy/namespace.ts';

/** The control plane of this run, for `src/deploy` and `src/chart`. */
export function cluster(): { readonly kubeconfig: string } {
  return { kubeconfig: inject('controlPlane').kubeconfig };
}

/** A namespace of a test's own, with the Pod Security labels that the project gives its namespaces. */
export async function freshNamespace(): Promise<string> {
  const name = `test-${randomBytes(4).toString('hex')}`;
  await ensureNamespace(cluster(), name);
  return name;
}

/**
 * Server-side apply with strict field validation.
 * @returns the server's warnings, one a line; empty when there is none.
 */
export async function apply(
  namespace: string,
  manifests: string,
  options: { readonly dryRun: boolean },
): Promise<string> {
  const args = [
    ...['apply', '--server-side', '--validate=strict', '--namespace', namespace],
    ...(options.dryRun ? ['--dry-run=server'] : []),
    ...['--filename', '-'],
  ];
  return (await kubectl(cluster(), args, { input: manifests })).stderr;
}

interface Stored {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly resourceVersion: string };
}

/** `Kind/name` of each manifest with the version under which the server stores it now. */
export async function storedVersions(
  namespace: string,
  manifests: readonly Manifest[],
): Promise<Readonly<Record<string, string>>> {
  const names = manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  const args = ['get', ...names, '--namespace', namespace, '--output', 'json'];
  const answer = JSON.parse((await kubectl(cluster(), args)).stdout) as Stored | { items: readonly Stored[] };
  // kubectl prints a list of one as the object itself.
  const items = 'items' in answer ? answer.items : [answer];
  return Object.fromEntries(
    items.map((one) => [`${one.kind}/${one.metadata.name}`, one.metadata.resourceVersion]),
  );
}

/** The pod that a workload would make, or undefined for what makes none. */
export function podOf(manifest: Manifest): object | undefined {
  const { template } = (manifest.spec ?? {}) as { template?: { metadata?: object; spec: object } };
  if (template === undefined) return undefined;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...template.metadata, name: manifest.metadata.name },
    // A controller sets it; a Job's own is not Always either.
    spec: template.spec,
  };
}
