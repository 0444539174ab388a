import { join } from 'node:path';
import type { KubernetesObject } from '../../src/kubernetes/object.ts';
import { type PollResult, waitFor } from '../../src/process/wait-for.ts';
import { apiApply, apiObject } from './api.ts';
import { type Cancellation, cancelling } from './cancellation.ts';
import type { NodeImages } from './images.ts';
import type { Instance } from './instance.ts';
import { coredns } from './manifests/coredns.ts';
import { localPath } from './manifests/local-path.ts';
import { metricsServer } from './manifests/metrics-server.ts';
import { systemNamespace } from './manifests/object.ts';

/** Everything the cluster runs for itself: DNS, resource metrics, storage. */
export function addonObjects(inst: Instance, images: NodeImages): readonly KubernetesObject[] {
  return [
    ...coredns(images.coredns),
    ...localPath(
      { provisioner: images['local-path-provisioner'], shell: images.busybox },
      join(inst.stateDir, 'volumes'),
    ),
    ...metricsServer(images['metrics-server']),
  ];
}

/**
 * Applies the addons. Each is tried again while the young API server still makes its namespaces and address ranges.
 * @throws {WaitError} with the server's last words when one is refused for 60 s.
 */
export async function applyAddons(
  inst: Instance,
  objects: readonly KubernetesObject[],
  cancel: Cancellation,
): Promise<void> {
  for (const object of objects) {
    await waitFor(
      `${object.kind} ${object.metadata.name} applied`,
      async () => {
        await apiApply(inst, object, cancel);
        return { value: undefined };
      },
      { deadlineMs: 60_000, everyMs: 50, ...cancelling(cancel) },
    );
  }
}

/**
 * Waits until DNS answers and the storage class can make volumes.
 * @throws {WaitError} with the Deployment's and its pods' own words after 120 s.
 */
export async function waitForAddons(inst: Instance, cancel: Cancellation): Promise<void> {
  await Promise.all(['coredns', 'local-path-provisioner'].map((name) => available(inst, name, cancel)));
}

/**
 * Waits until the node's resource metrics can be read. metrics-server reports after its second scrape, 10 s after its first.
 * @throws {WaitError} after 120 s.
 */
export async function waitForMetrics(inst: Instance, cancel: Cancellation = {}): Promise<void> {
  const path = `/apis/metrics.k8s.io/v1beta1/nodes/${inst.nodeName}`;
  await waitFor(
    'resource metrics of the node',
    async () => {
      const found = await apiObject(inst, path, cancel);
      return found === undefined
        ? { observed: await wordsOf(inst, 'metrics-server', cancel) }
        : { value: undefined };
    },
    { deadlineMs: 120_000, everyMs: 200, ...cancelling(cancel) },
  );
}

async function available(inst: Instance, name: string, cancel: Cancellation): Promise<void> {
  await waitFor(
    `${name} available`,
    async (): Promise<PollResult<undefined>> => {
      const path = `/apis/apps/v1/namespaces/${systemNamespace}/deployments/${name}`;
      const found = await apiObject<{ status?: { availableReplicas?: number } }>(inst, path, cancel);
      if ((found?.status?.availableReplicas ?? 0) > 0) return { value: undefined };
      return { observed: await wordsOf(inst, name, cancel) };
    },
    { deadlineMs: 120_000, everyMs: 200, ...cancelling(cancel) },
  );
}

/** State and reason of each pod of a Deployment. */
async function wordsOf(inst: Instance, name: string, cancel: Cancellation): Promise<string> {
  interface Pod {
    readonly metadata: { readonly name: string };
    readonly status?: {
      readonly phase?: string;
      readonly conditions?: readonly { readonly status: string; readonly message?: string }[];
      readonly containerStatuses?: readonly {
        readonly state?: { readonly waiting?: { readonly reason?: string; readonly message?: string } };
      }[];
    };
  }
  const list = await apiObject<{ items: readonly Pod[] }>(
    inst,
    `/api/v1/namespaces/${systemNamespace}/pods`,
    cancel,
  );
  const pods = list?.items.filter((pod) => pod.metadata.name.startsWith(`${name}-`)) ?? [];
  if (pods.length === 0) return `no pod of ${name}`;
  return pods
    .map(({ metadata, status }) => {
      const waiting = status?.containerStatuses?.flatMap(({ state }) => state?.waiting ?? []) ?? [];
      const conditions = status?.conditions?.filter((condition) => condition.status !== 'True') ?? [];
      const words = [
        ...waiting.map(({ reason, message }) => [reason, message].join(' ')),
        ...conditions.map(({ message }) => message),
      ];
      return [`pod ${metadata.name} is ${status?.phase ?? 'unknown'}`, ...words.filter((word) => word)].join(
        '; ',
      );
    })
    .join('\n');
}
