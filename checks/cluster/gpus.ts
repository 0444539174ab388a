import type { Instance } from '../../lab/cluster/instance.ts';
import { getObject, kubectl } from '../../src/kubernetes/kubectl.ts';
import { waitFor } from '../../src/process/wait-for.ts';

/**
 * Lets the node announce GPUs, as NVIDIA's device plugin would, with the label that `prod` selects. The taint of GPU nodes
 * is left out: the lab has one node only. There is no GPU; the scheduler only counts.
 * @param count 0 takes them away again.
 */
export async function setGpus({ kubeconfig, nodeName }: Instance, count: number): Promise<void> {
  const target = { kubeconfig };
  const capacity = { status: { capacity: { 'nvidia.com/gpu': String(count) } } };
  await kubectl(target, ['label', 'node', nodeName, 'accelerator=nvidia-tesla-gpu', '--overwrite']);
  await kubectl(target, [
    ...['patch', 'node', nodeName, '--subresource', 'status'],
    ...['--type', 'merge', '--patch', JSON.stringify(capacity)],
  ]);
  await waitFor(
    `${count} GPUs on the node`,
    async () => {
      const { allocatable } = ((await getObject(target, 'node', nodeName))?.status ?? {}) as {
        allocatable?: Readonly<Record<string, string>>;
      };
      const observed = allocatable?.['nvidia.com/gpu'] ?? 'none';
      return observed === String(count) ? { value: true } : { observed };
    },
    { deadlineMs: 60_000, everyMs: 500 },
  );
}
