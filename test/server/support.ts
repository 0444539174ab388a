import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import type { Manifest } from '../../src/chart/helm.ts';
import { ensureNamespace } from '../../src/deploy/namespace.ts';
import { kubectl } from '../../src/kubernetes/kubectl.ts';

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

/** Values that put the servers of monitoring into a namespace of a test's own: their names are the same everywhere. */
export async function freshMonitoring(): Promise<object> {
  return { global: { monitoring: { namespace: await freshNamespace() } } };
}

/**
 * Server-side apply with strict field validation. Objects that name a namespace go there: kubectl refuses them beside
 * `--namespace` of another.
 * @returns the server's warnings, one a line; empty when there is none.
 */
export async function apply(
  namespace: string,
  manifests: string,
  options: { readonly dryRun: boolean },
): Promise<string> {
  const warnings: string[] = [];
  for (const [place, documents] of byNamespace(namespace, manifests)) {
    if (place !== namespace) await ensureNamespace(cluster(), place);
    const args = [
      ...['apply', '--server-side', '--validate=strict', '--namespace', place],
      ...(options.dryRun ? ['--dry-run=server'] : []),
      ...['--filename', '-'],
    ];
    warnings.push((await kubectl(cluster(), args, { input: documents.join('---\n') })).stderr);
  }
  return warnings.join('');
}

function byNamespace(namespace: string, manifests: string): ReadonlyMap<string, readonly string[]> {
  const documents = manifests.split(/^---$/m);
  const placeOf = (document: string) =>
    /^metadata:\n(?: .*\n)*? {2}namespace: "?([-\w]+)/m.exec(document)?.[1];
  return grouped(documents, (document) => placeOf(document) ?? namespace);
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

/** An object as the server stores it. */
interface Stored {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly resourceVersion?: string };
}

/**
 * Everything that the server stores of each manifest's object, by `Kind/name`, with the owners of fields and the
 * version of each write. A claim's version is left out: the server writes a new claim once more, with the same
 * content, at the first apply after its creation (observed with Kubernetes 1.37 and a bare claim).
 */
export async function stored(
  namespace: string,
  manifests: readonly Manifest[],
): Promise<Readonly<Record<string, Stored>>> {
  const places = grouped(manifests, ({ metadata }) => metadata.namespace ?? namespace);
  const objects: Stored[] = [];
  for (const [place, held] of places) {
    const names = held.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    const args = ['get', ...names, '--namespace', place, '--show-managed-fields', '--output', 'json'];
    const answer = JSON.parse((await kubectl(cluster(), args)).stdout) as
      | Stored
      | { items: readonly Stored[] };
    // kubectl prints a list of one as the object itself.
    objects.push(...('items' in answer ? answer.items : [answer]));
  }
  return Object.fromEntries(
    objects.map((object) => [`${object.kind}/${object.metadata.name}`, withoutClaimVersion(object)]),
  );
}

function withoutClaimVersion(object: Stored): Stored {
  if (object.kind !== 'PersistentVolumeClaim') return object;
  const { resourceVersion: _version, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/**
 * The pods that the workloads would make, as one list for `apply`.
 * @throws {Error} when no manifest makes a pod.
 */
export function podsOf(manifests: readonly Manifest[]): string {
  const items = manifests.flatMap((manifest) => {
    const { template } = (manifest.spec ?? {}) as { template?: { metadata?: object; spec: object } };
    if (template === undefined) return [];
    const metadata = { ...template.metadata, name: manifest.metadata.name };
    return [{ apiVersion: 'v1', kind: 'Pod', metadata, spec: template.spec }];
  });
  if (items.length === 0) throw new Error('no manifest makes a pod');
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}
