import { type Case, fires, series, silent } from './case.ts';

type Name = 'CpuHigh' | 'MemoryHigh' | 'GpuMemoryHigh';

const api = { namespace: 'ml-service', pod: 'audio-processor-5d4f6c7b8-abcde', container: 'audio-processor' };
const worker = { namespace: 'ml-service', pod: 'audio-worker-5d4f6c7b8-abcde', container: 'audio-worker' };
const gpu = {
  namespace: 'ml-service',
  pod: 'audio-gpu-worker-5d4f6c7b8-abcde',
  container: 'audio-gpu-worker',
};
const stranger = { namespace: 'ml-service', pod: 'another-5d4f6c7b8-abcde', container: 'another' };

type Container = typeof api;

const ofApi = { component: 'api', pod: api.pod, container: api.container };

/** Seconds of CPU a minute in a container with a limit of one CPU, as both kinds see it. */
function cpu(container: Container, used: string): Case['series'] {
  return {
    [series('container_cpu_usage_seconds_total', { ...container, image: 'i' })]: used,
    [series('container_spec_cpu_quota', { ...container, image: 'i' })]: '100000x60',
    [series('container_spec_cpu_period', { ...container, image: 'i' })]: '100000x60',
    [series('kube_pod_container_resource_limits', { ...container, resource: 'cpu', unit: 'core' })]: '1x60',
  };
}

/** 600 periods a minute, and those that were throttled. */
function throttling(container: Container, throttled: string): Case['series'] {
  return {
    [series('container_cpu_cfs_periods_total', container)]: '0+600x60',
    [series('container_cpu_cfs_throttled_periods_total', container)]: throttled,
  };
}

/** Bytes in a container with a limit of 1000, as both kinds see it. */
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

const cardOf = { component: 'gpu', pool: 'gpu', pod: gpu.pod, gpu: '0', UUID: 'GPU-1' };

/** MiB of a card in use and free, with DCGM's labels as they are or as a scraper with precedence turns them. */
function card(used: string, free: string, { pod, exported = false }: { pod: string; exported?: boolean }) {
  const user = exported
    ? { namespace: 'gpu-operator', pod: 'dcgm', exported_namespace: 'ml-service', exported_pod: pod }
    : { namespace: 'ml-service', pod };
  const labels = { gpu: '0', UUID: 'GPU-1', Hostname: 'node', ...user };
  return {
    [series('DCGM_FI_DEV_FB_USED', labels)]: used,
    [series('DCGM_FI_DEV_FB_FREE', labels)]: free,
  };
}

/** Cases of the alerts on what a container uses. */
export const containerCases: Readonly<Record<Name, readonly Case[]>> = {
  CpuHigh: [
    fires('fires', 'the API uses nine tenths of its limit', '25m', cpu(api, '0+54x60'), {
      labels: { ...ofApi, measure: 'usage' },
      summary: `audio-processor of ${api.pod} is short of CPU`,
      description: 'It uses 90% of its CPU limit, more than 80%: it works slower than it could.',
    }),
    fires(
      'fires',
      'an autoscaled pool is throttled in four of ten periods',
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
    silent('threshold', 'exactly four fifths', '40m', cpu(api, '0+48x60')),
    silent('threshold', 'exactly a quarter of the periods', '40m', throttling(worker, '0+150x60')),
    silent('threshold', 'an autoscaler keeps the pool near its limit', '40m', cpu(worker, '0+57x60')),
    silent(
      'threshold',
      'the API, which has a limit for its use, is throttled',
      '40m',
      throttling(api, '0+500x60'),
    ),
    silent('threshold', "it is another's pod", '40m', cpu(stranger, '0+60x60')),
    silent('no data', 'the container has no limit', '40m', {
      [series('container_cpu_usage_seconds_total', api)]: '0+600x60',
    }),
    silent('no data', 'the kubelets say nothing', '40m', {}),
    silent(
      'reset or vanished',
      'a container that begins anew is not busy',
      '40m',
      cpu(api, '9000+30x20 0+30x40'),
    ),
    silent('reset or vanished', 'the pod is gone', '40m', cpu(api, '0+60x10 stale')),
  ],
  MemoryHigh: [
    fires('fires', 'nine tenths are used', '12m', memory(api, '900x60'), {
      labels: ofApi,
      summary: `audio-processor of ${api.pod} uses 90% of its memory`,
      description:
        'More than 80% of the memory limit is in use. At the limit the kernel kills it, and its tasks start again.',
    }),
    fires(
      'fires',
      'a broker, whose pods have numbers',
      '12m',
      memory({ ...api, pod: 'redis-0', container: 'redis' }, '900x60'),
      { labels: { component: 'broker', pod: 'redis-0', container: 'redis' } },
    ),
    silent('threshold', 'exactly four fifths', '30m', memory(api, '800x60')),
    silent('no data', 'the container has no limit', '30m', memory(api, '900x60', 0)),
    silent('no data', 'the kubelets say nothing', '30m', {}),
    silent('reset or vanished', 'it was killed and began anew', '30m', memory(api, '900x8 100x60')),
    silent('reset or vanished', 'the pod is gone', '30m', memory(api, '900x8 stale')),
  ],
  GpuMemoryHigh: [
    fires('fires', 'a card of the GPU pool is full', '6m', card('95x20', '5x20', gpu), {
      labels: cardOf,
      summary: `Card 0 of ${gpu.pod} is full to 95%`,
      description:
        "More than 90% of the card's memory is in use. The next large file may end its task with an out-of-memory error.",
    }),
    fires(
      'fires',
      'where the scraper’s labels have precedence',
      '6m',
      card('95x20', '5x20', { ...gpu, exported: true }),
      {
        labels: cardOf,
      },
    ),
    silent('threshold', 'exactly nine tenths', '20m', card('90x20', '10x20', gpu)),
    silent('threshold', "it is another's card", '20m', card('95x20', '5x20', stranger)),
    silent('no data', 'there is no DCGM', '20m', {}),
    silent('no data', 'an idle sample', '20m', card('0x20', '0x20', gpu)),
    silent(
      'reset or vanished',
      'the pod went before 5m were over',
      '15m',
      card('95x3 stale', '5x3 stale', gpu),
    ),
  ],
};
