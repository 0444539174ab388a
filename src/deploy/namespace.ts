import type { Manifest } from '../chart/helm.ts';
import { applyObjects, type Cluster, getObject } from '../kubernetes/kubectl.ts';
import { CommandError } from '../process/run.ts';
import { ProblemError } from '../report/problem.ts';

/** Labels with which the cluster itself refuses a pod that is not hardened. */
const podSecurityLabels = {
  'pod-security.kubernetes.io/enforce': 'restricted',
  'pod-security.kubernetes.io/warn': 'restricted',
} as const;

/**
 * Makes the namespace with Pod Security labels where it is missing; one that exists is left as its owner made it.
 * @throws {ProblemError} when it is missing and may not be created, with the command for an administrator.
 */
export async function ensureNamespace(cluster: Cluster, namespace: string): Promise<'made' | 'present'> {
  try {
    if ((await getObject(cluster, 'namespace', namespace)) !== undefined) return 'present';
    await applyObjects(cluster, [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: podSecurityLabels } },
    ]);
    return 'made';
  } catch (error) {
    if (!(error instanceof CommandError) || !/forbidden/i.test(error.stderr)) throw error;
    throw new ProblemError([
      {
        message: `namespace ${namespace} cannot be read or made with these credentials`,
        found: error.stderr.trim(),
        remedy: `request it: ${namespaceCommand(namespace)}`,
      },
    ]);
  }
}

/** The command that makes the namespace as {@link ensureNamespace} would. */
export function namespaceCommand(namespace: string): string {
  const labels = Object.entries(podSecurityLabels).map(([key, value]) => `${key}=${value}`);
  return `kubectl create namespace ${namespace} && kubectl label namespace ${namespace} ${labels.join(' ')}`;
}

/** The namespaces that objects of a release go to: its own first, and those that they name. */
export function namespacesOf(manifests: readonly Manifest[], release: string): readonly string[] {
  return [...new Set([release, ...manifests.map(({ metadata }) => metadata.namespace ?? release)])];
}
