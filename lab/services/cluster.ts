import { run } from '../../src/process/run.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { program } from '../../src/tools/programs.ts';
import type { KubernetesObject } from '../cluster/manifests/object.ts';

/** A namespace of a cluster. */
export interface LabNamespaceOptions {
  readonly kubeconfig: string;
  readonly namespace: string;
  readonly signal?: AbortSignal;
}

/** How long what was applied may take to answer. */
const readyWithinMs = 120_000;

interface Status {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly generation?: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
    readonly replicas?: number;
    readonly phase?: string;
    readonly conditions?: readonly { readonly status: string; readonly message?: string }[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

interface ContainerStatus {
  readonly name: string;
  readonly state?: Readonly<Record<string, { readonly reason?: string; readonly message?: string }>>;
}

/** kubectl in one namespace of what the lab runs beside the service. */
export class LabNamespace {
  readonly #options: LabNamespaceOptions;

  constructor(options: LabNamespaceOptions) {
    this.#options = options;
  }

  /** Server-side apply, over whoever wrote before. */
  async apply(objects: readonly KubernetesObject[]): Promise<void> {
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
    await this.kubectl(
      ['apply', '--server-side', '--force-conflicts', '--field-manager=lab', '-f', '-'],
      input,
    );
  }

  /**
   * Waits until Deployments of one replica run what was applied last.
   * @throws {WaitError} when one does not after 120 s, with what its pods say.
   */
  async waitUntilAvailable(names: readonly string[]): Promise<void> {
    const { signal } = this.#options;
    await waitFor(
      `${names.join(' and ')} in namespace ${this.#options.namespace}`,
      async () => {
        const text = await this.kubectl(['get', 'deployments,pods', '-o', 'json']);
        const { items } = JSON.parse(text) as { items: readonly Status[] };
        const waiting = names.filter(
          (name) => !items.some((item) => item.metadata.name === name && isAvailable(item)),
        );
        if (waiting.length === 0) return { done: undefined };
        return { seen: waiting.map((name) => `${name}: ${wordsOf(name, items)}`).join('\n') };
      },
      { deadlineMs: readyWithinMs, everyMs: 300, ...(signal === undefined ? {} : { signal }) },
    );
  }

  /** Standard output of one command. */
  async kubectl(args: readonly string[], input?: string): Promise<string> {
    const { kubeconfig, namespace, signal } = this.#options;
    const { stdout } = await run(
      await program('kubectl'),
      ['--kubeconfig', kubeconfig, '--namespace', namespace, ...args],
      {
        timeoutMs: 60_000,
        ...(input === undefined ? {} : { input }),
        ...(signal === undefined ? {} : { signal }),
      },
    );
    return stdout;
  }
}

/** The Deployment runs what was applied last, and nothing older. */
export function isAvailable({ kind, metadata, status }: Status): boolean {
  return (
    kind === 'Deployment' &&
    status?.observedGeneration === metadata.generation &&
    status?.updatedReplicas === 1 &&
    status?.availableReplicas === 1 &&
    status?.replicas === 1
  );
}

/** What the pods of a Deployment say about themselves. */
export function wordsOf(name: string, items: readonly Status[]): string {
  const pods = items.filter(({ kind, metadata }) => kind === 'Pod' && metadata.name.startsWith(`${name}-`));
  if (pods.length === 0) return 'no pod yet';
  return pods
    .map(({ metadata, status }) => {
      const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
      const words = [
        ...containers.flatMap(({ name: which, state = {} }) =>
          Object.entries(state)
            .filter(([, { reason }]) => reason !== undefined && reason !== 'Completed')
            .map(([, { reason, message }]) => [which, reason, message].filter(Boolean).join(' ')),
        ),
        ...(status?.conditions ?? []).flatMap(({ status: holds, message }) =>
          holds === 'False' && message ? [message] : [],
        ),
      ];
      return [`pod ${metadata.name} is ${status?.phase ?? 'unknown'}`, ...words].join('; ');
    })
    .join('\n');
}
