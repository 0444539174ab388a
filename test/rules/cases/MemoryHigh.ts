import { type Case, fires, series, silent } from '../case.ts';
import { api, type Container, ofApi } from '../containers.ts';

/** Bytes in a container with a limit of 1000, as cAdvisor and kube-state-metrics report them. */
function memory(container: Container, used: string, limit = 1000): Case['series'] {
  return {
    [series('container_memory_working_set_bytes', { ...container, id: '/one' })]: used,
    [series('container_spec_memory_limit_bytes', { ...container, id: '/one' })]: `${limit}x60`,
    ...(limit === 0
      ? {}
      : {
          [series('kube_pod_container_resource_limits', { ...container, resource: 'memory' })]: `${limit}x60`,
        }),
  };
}

/** Rule tests of MemoryHigh. */
export const cases: readonly Case[] = [
  fires('fires', '90% is used', '12m', memory(api, '900x60'), {
    labels: ofApi,
    summary: `audio-processor of ${api.pod} uses 90% of its memory limit`,
    description:
      'More than 80% of the memory limit is in use. At the limit the kernel kills the container, and its tasks start again.',
  }),
  fires(
    'fires',
    'the broker, whose pods are numbered, uses 90%',
    '12m',
    memory({ ...api, pod: 'redis-0', container: 'redis' }, '900x60'),
    { labels: { component: 'broker', pod: 'redis-0', container: 'redis' } },
  ),
  silent('threshold', 'exactly 80% is used', '30m', memory(api, '800x60')),
  silent('no data', 'the container has no limit', '30m', memory(api, '900x60', 0)),
  silent('no data', 'the kubelets have no series', '30m', {}),
  silent('reset or vanished', 'the container was killed and restarted', '30m', memory(api, '900x8 100x60')),
  silent('reset or vanished', 'the pod was deleted', '30m', memory(api, '900x8 stale')),
];
