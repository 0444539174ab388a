import { type Case, fires, series, silent } from '../case.ts';
import { gpu, stranger } from '../containers.ts';

const labels = { component: 'gpu', pool: 'gpu', pod: gpu.pod, gpu: '0', UUID: 'GPU-1' };

/** MiB of a GPU in use and free, with DCGM's labels as they are or as a scraper with precedence renames them. */
function gpuMemory(
  used: string,
  free: string,
  { pod, exported = false }: { readonly pod: string; readonly exported?: boolean },
): Case['series'] {
  const user = exported
    ? { namespace: 'gpu-operator', pod: 'dcgm', exported_namespace: 'ml-service', exported_pod: pod }
    : { namespace: 'ml-service', pod };
  const all = { gpu: '0', UUID: 'GPU-1', Hostname: 'node', ...user };
  return {
    [series('DCGM_FI_DEV_FB_USED', all)]: used,
    [series('DCGM_FI_DEV_FB_FREE', all)]: free,
  };
}

/** Rule tests of GpuMemoryHigh. */
export const cases: readonly Case[] = [
  fires('fires', 'the GPU of a pool is full', '6m', gpuMemory('95x20', '5x20', gpu), {
    labels: labels,
    summary: `The memory of GPU 0 of ${gpu.pod} is 95% full`,
    description:
      "More than 90% of the GPU's memory is in use. The next large file may end its task with an out-of-memory error.",
  }),
  fires(
    'fires',
    'the GPU is full and the scraper’s labels have precedence',
    '6m',
    gpuMemory('95x20', '5x20', { ...gpu, exported: true }),
    {
      labels: labels,
    },
  ),
  silent('threshold', 'exactly 90% is used', '20m', gpuMemory('90x20', '10x20', gpu)),
  silent('threshold', 'the GPU belongs to another release', '20m', gpuMemory('95x20', '5x20', stranger)),
  silent('no data', 'there is no DCGM exporter', '20m', {}),
  silent('no data', 'DCGM reports neither used nor free memory', '20m', gpuMemory('0x20', '0x20', gpu)),
  silent(
    'reset or vanished',
    'the pod was deleted within 5m',
    '15m',
    gpuMemory('95x3 stale', '5x3 stale', gpu),
  ),
];
