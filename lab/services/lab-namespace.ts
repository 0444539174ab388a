import { applyObjects, kubectl } from '../../src/kubernetes/kubectl.ts';
import type { KubernetesObject } from '../../src/kubernetes/object.ts';
import { unreadyReason } from '../../src/kubernetes/unready.ts';
import { waitFor } from '../../src/process/wait-for.ts';

/** A namespace of a cluster. */
export interface LabNamespaceOptions {
  readonly kubeconfig: string;
  readonly namespace: string;
  readonly signal?: AbortSignal;
}

/** How long what was applied may take to answer. */
const readyWithinMs = 120_000;

interface DeploymentStatus {
  readonly observedGeneration?: number;
  readonly updatedReplicas?: number;
  readonly availableReplicas?: number;
  readonly replicas?: number;
}

/** kubectl in one namespace of what the lab runs beside the service. */
export class LabNamespace {
  readonly #options: LabNamespaceOptions;

  constructor(options: LabNamespaceOptions) {
    this.#options = options;
  }

  /** Server-side apply that overrides other managers. */
  async apply(objects: readonly KubernetesObject[]): Promise<void> {
    const { kubeconfig, signal } = this.#options;
    await applyObjects({ kubeconfig }, objects, {
      fieldManager: 'lab',
      forceConflicts: true,
      ...(signal !== undefined && { signal }),
    });
  }

  /**
   * Waits until Deployments of one replica run what was applied last.
   * @throws {WaitError} when one does not after 120 s, with the reason of each pod that is not ready.
   */
  async waitUntilAvailable(names: readonly string[]): Promise<void> {
    const { signal } = this.#options;
    await waitFor(
      `${names.join(' and ')} in namespace ${this.#options.namespace}`,
      async () => {
        const text = await this.kubectl(['get', 'deployments,pods', '-o', 'json']);
        const { items } = JSON.parse(text) as { items: readonly KubernetesObject[] };
        const waiting = names.filter(
          (name) => !items.some((item) => item.metadata.name === name && isAvailable(item)),
        );
        if (waiting.length === 0) return { value: undefined };
        return { observed: waiting.map((name) => `${name}: ${unreadyReasons(name, items)}`).join('\n') };
      },
      { deadlineMs: readyWithinMs, everyMs: 300, ...(signal === undefined ? {} : { signal }) },
    );
  }

  /** Standard output of one command. */
  async kubectl(args: readonly string[], input?: string): Promise<string> {
    const { kubeconfig, namespace, signal } = this.#options;
    const options = { ...(signal !== undefined && { signal }), ...(input !== undefined && { input }) };
    return (await kubectl({ kubeconfig }, ['--namespace', namespace, ...args], options)).stdout;
  }
}

/** Whether a Deployment of one replica runs what was applied last, and nothing older. */
export function isAvailable({ kind, metadata, ...fields }: KubernetesObject): boolean {
  const status = (fields.status ?? {}) as DeploymentStatus;
  return (
    kind === 'Deployment' &&
    status.observedGeneration === metadata.generation &&
    status.updatedReplicas === 1 &&
    status.availableReplicas === 1 &&
    status.replicas === 1
  );
}

/** Why the pods of a Deployment are not ready, a line each. */
export function unreadyReasons(name: string, items: readonly KubernetesObject[]): string {
  const pods = items.filter(({ kind, metadata }) => kind === 'Pod' && metadata.name.startsWith(`${name}-`));
  if (pods.length === 0) return 'no pod yet';
  return pods.map((pod) => `pod ${pod.metadata.name}: ${unreadyReason(pod) ?? 'ready'}`).join('\n');
}
