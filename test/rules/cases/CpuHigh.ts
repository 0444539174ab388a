import { type Case, fires, series, silent } from '../case.ts';
import { api, type Container, ofApi, stranger, worker } from '../containers.ts';

/** Seconds of CPU a minute in a container with a limit of one CPU, as cAdvisor and kube-state-metrics report it. */
function cpu(container: Container, used: string): Case['series'] {
  return {
    [series('container_cpu_usage_seconds_total', { ...container, image: 'i' })]: used,
    [series('container_spec_cpu_quota', { ...container, image: 'i' })]: '100000x60',
    [series('container_spec_cpu_period', { ...container, image: 'i' })]: '100000x60',
    [series('kube_pod_container_resource_limits', { ...container, resource: 'cpu', unit: 'core' })]: '1x60',
  };
}

/** 600 CFS periods a minute, and those that were throttled. */
function throttling(container: Container, throttled: string): Case['series'] {
  return {
    [series('container_cpu_cfs_periods_total', container)]: '0+600x60',
    [series('container_cpu_cfs_throttled_periods_total', container)]: throttled,
  };
}

/** Rule tests of CpuHigh. */
export const cases: readonly Case[] = [
  fires('fires', 'the API uses 90% of its limit', '25m', cpu(api, '0+54x60'), {
    labels: { ...ofApi, measure: 'usage' },
    summary: `audio-processor of ${api.pod} is short of CPU`,
    description: 'It uses 90% of its CPU limit, more than 80%: it works slower than it could.',
  }),
  fires(
    'fires',
    'an autoscaled pool is throttled in 40% of the periods',
    '25m',
    throttling(worker, '0+240x60'),
    {
      labels: {
        component: 'worker',
        pool: 'cpu',
        pod: worker.pod,
        container: worker.container,
        measure: 'throttling',
      },
      summary: `audio-worker of ${worker.pod} is short of CPU`,
      description: 'It was throttled in 40% of its periods, more than 25%: it works slower than it could.',
    },
  ),
  silent('threshold', 'exactly 80% is used', '40m', cpu(api, '0+48x60')),
  silent('threshold', 'exactly 25% of the periods are throttled', '40m', throttling(worker, '0+150x60')),
  silent('threshold', 'an autoscaled pool uses 95% of its limit', '40m', cpu(worker, '0+57x60')),
  silent('threshold', 'the API, which has no autoscaler, is throttled', '40m', throttling(api, '0+500x60')),
  silent('threshold', 'the pod belongs to another release', '40m', cpu(stranger, '0+60x60')),
  silent('no data', 'the container has no limit', '40m', {
    [series('container_cpu_usage_seconds_total', api)]: '0+600x60',
  }),
  silent('no data', 'the kubelets have no series', '40m', {}),
  silent('reset or vanished', 'a container restarts and is not busy', '40m', cpu(api, '9000+30x20 0+30x40')),
  silent('reset or vanished', 'the pod was deleted', '40m', cpu(api, '0+60x10 stale')),
];
