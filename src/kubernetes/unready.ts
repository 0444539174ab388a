import { type Cluster, listObjects } from './kubectl.ts';
import type { KubernetesObject } from './object.ts';

interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly terminated?: { readonly reason?: string; readonly exitCode?: number };
    readonly running?: object;
  };
  readonly lastState?: { readonly terminated?: { readonly reason?: string; readonly exitCode?: number } };
}

interface PodStatus {
  readonly phase?: string;
  readonly conditions?: readonly {
    readonly type: string;
    readonly status: string;
    readonly message?: string;
  }[];
  readonly initContainerStatuses?: readonly ContainerStatus[];
  readonly containerStatuses?: readonly ContainerStatus[];
}

/** A pod that is not Ready, and why, in Kubernetes' own words. */
export interface UnreadyPod {
  readonly namespace: string;
  readonly pod: string;
  readonly reason: string;
}

/** Why each pod of a release in these namespaces is not Ready; empty when all are. Those that go away do not count. */
export async function unreadyPods(
  cluster: Cluster,
  namespaces: readonly string[],
  release: string,
): Promise<readonly UnreadyPod[]> {
  const found: UnreadyPod[] = [];
  for (const namespace of namespaces) {
    const pods = await listObjects(cluster, 'pods', namespace, `app.kubernetes.io/instance=${release}`);
    for (const pod of pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined)) {
      const reason = unreadyReason(pod);
      if (reason !== undefined) found.push({ namespace, pod: pod.metadata.name, reason });
    }
  }
  return found;
}

/** The reason of one pod, or undefined when it is Ready or has run to its end. */
export function unreadyReason(pod: KubernetesObject): string | undefined {
  const status = (pod.status ?? {}) as PodStatus;
  if (status.phase === 'Succeeded') return undefined;
  const condition = (type: string) => status.conditions?.find((one) => one.type === type);
  if (condition('Ready')?.status === 'True') return undefined;
  const scheduled = condition('PodScheduled');
  if (scheduled?.status === 'False') return `not scheduled: ${scheduled.message ?? 'no reason given'}`;
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  const reasons = containers.filter((one) => !one.ready).map(containerReason);
  return reasons.length === 0 ? (status.phase ?? 'no status yet') : reasons.join('; ');
}

function containerReason(container: ContainerStatus): string {
  const { waiting, terminated } = container.state ?? {};
  const last = container.lastState?.terminated;
  const before =
    last === undefined ? '' : ` (before: ${last.reason ?? 'ended'}, exit code ${last.exitCode ?? '?'})`;
  const restarts = container.restartCount === 0 ? '' : `, ${container.restartCount} restarts`;
  const now =
    waiting !== undefined
      ? [waiting.reason, waiting.message].filter((part) => part !== undefined).join(': ')
      : terminated !== undefined
        ? `${terminated.reason ?? 'ended'}, exit code ${terminated.exitCode ?? '?'}`
        : 'running, not ready yet';
  return `${container.name} ${now}${restarts}${before}`;
}
