import type { Manifest } from '../chart/helm.ts';
import { type ReleaseOptions, storedManifests } from '../chart/release.ts';
import { type Cluster, kubectl } from '../kubernetes/kubectl.ts';
import { type Problem, ProblemError } from '../report/problem.ts';

/** Who wrote a field of an object, and how. */
interface Owner {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly fieldsV1?: { readonly 'f:spec'?: Readonly<Record<string, unknown>> };
}

interface Deployment {
  readonly metadata: { readonly name: string; readonly managedFields?: readonly Owner[] };
  readonly spec: { readonly replicas: number };
}

/**
 * Refuses an upgrade that would let a Deployment fall to one pod: the chart wrote its number (engine `fixed`) and now
 * leaves it to another engine. Helm then removes the field, and Kubernetes puts its default, 1, in the place.
 * It does not where another manager owns the number as well, as after one `kubectl scale` to another number.
 * @throws {ProblemError} with each Deployment and the command that hands the number over.
 */
export async function assertNoFall(
  cluster: Cluster,
  release: Pick<ReleaseOptions, 'release' | 'namespace'>,
  manifests: readonly Manifest[],
): Promise<void> {
  const before = await storedManifests({ ...cluster, ...release });
  const freed = manifests.filter(
    (manifest) => isDeployment(manifest) && !hasReplicas(manifest) && before.some(wroteReplicasOf(manifest)),
  );
  if (freed.length === 0) return;
  const live = await deployments(cluster, release.namespace);
  const problems = freed.flatMap(({ metadata }) => {
    const found = live.find((one) => one.metadata.name === metadata.name);
    return found === undefined ? [] : problemOf(found, release);
  });
  if (problems.length > 0) throw new ProblemError(problems);
}

function problemOf(
  { metadata, spec }: Deployment,
  release: { release: string; namespace: string },
): readonly Problem[] {
  const owners = metadata.managedFields ?? [];
  const onServer = owners.some(({ manager, operation }) => manager === 'helm' && operation === 'Apply');
  const others = owners.filter(
    ({ manager, fieldsV1 }) => manager !== 'helm' && fieldsV1?.['f:spec']?.['f:replicas'] !== undefined,
  );
  if (spec.replicas <= 1 || (onServer && others.length > 0)) return [];
  const first = onServer
    ? ''
    : `once, with the values as they were: helm upgrade ${release.release} … --server-side=true; then `;
  return [
    {
      message: `the upgrade takes the number of pods out of Deployment ${metadata.name}, which would fall to 1`,
      found: `${spec.replicas} pods, a number that only Helm wrote`,
      allowed: 'another engine than `fixed` where another manager has written the number',
      remedy: `${first}kubectl scale deployment/${metadata.name} --replicas=${spec.replicas + 1} --namespace ${release.namespace}; then upgrade`,
    },
  ];
}

async function deployments(cluster: Cluster, namespace: string): Promise<readonly Deployment[]> {
  const args = ['get', 'deployments', '--namespace', namespace, '--show-managed-fields', '--output', 'json'];
  return (JSON.parse((await kubectl(cluster, args)).stdout) as { items: readonly Deployment[] }).items;
}

function isDeployment({ kind }: Manifest): boolean {
  return kind === 'Deployment';
}

function hasReplicas({ spec }: Manifest): boolean {
  return (spec as { replicas?: number } | undefined)?.replicas !== undefined;
}

function wroteReplicasOf({ metadata }: Manifest): (manifest: Manifest) => boolean {
  return (one) => isDeployment(one) && one.metadata.name === metadata.name && hasReplicas(one);
}
