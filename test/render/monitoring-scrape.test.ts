import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Manifest } from '../../src/chart/helm.ts';
import { mergeValues, type ValueMap } from '../../src/values/merge.ts';
import { podsOf } from './invariants/anatomy.ts';
import { type Relabel, relabelled } from './relabel.ts';
import { type ConfigMap, only, overlay, render, selects } from './support.ts';

interface Job {
  readonly job_name: string;
  readonly metrics_path: string;
  readonly sample_limit?: number;
  readonly kubernetes_sd_configs: readonly { role: string; namespaces?: { names: readonly string[] } }[];
  readonly relabel_configs: readonly Relabel[];
  readonly metric_relabel_configs?: readonly Relabel[];
  readonly tls_config?: Readonly<Record<string, unknown>>;
  readonly honor_labels?: boolean;
}

/** One that the operator makes a job of. */
interface PodMonitor extends Manifest {
  readonly spec: {
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly namespaceSelector?: { readonly matchNames: readonly string[] };
    readonly podMetricsEndpoints: readonly [
      {
        readonly port: string;
        readonly path: string;
        readonly interval: string;
        readonly honorLabels?: boolean;
        readonly relabelings: readonly Readonly<Record<string, unknown>>[];
        readonly metricRelabelings?: readonly Readonly<Record<string, unknown>>[];
      },
    ];
  };
}

const everything = { flower: { enabled: true }, workers: { pools: { gpu: { enabled: true } } } };
const bundled = { ...everything, prometheus: { enabled: true } };
const operator = { ...everything, monitoring: { operator: { enabled: true } } };
const beside = (values: ValueMap, more: ValueMap) => ({ values: mergeValues(values, [more]) });

async function jobsOf(options: Parameters<typeof render>[0]): Promise<Readonly<Record<string, Job>>> {
  const map = only(await render(options), 'ConfigMap', 'prometheus-scrape') as ConfigMap;
  const { scrape_configs } = parse(map.data['audio-processor.yaml'] ?? '') as { scrape_configs: Job[] };
  return Object.fromEntries(scrape_configs.map((job) => [job.job_name, job]));
}

const monitorsOf = async (options: Parameters<typeof render>[0]) =>
  (await render(options)).objects.filter((object): object is PodMonitor => object.kind === 'PodMonitor');

/** Kubernetes' labels of a pod's port, as Prometheus discovers it. */
function discovered(labels: Readonly<Record<string, string>>, port: string, phase = 'Running') {
  const meta = Object.entries(labels).map(([name, value]) => [
    `__meta_kubernetes_pod_label_${name.replace(/[^\w]/g, '_')}`,
    value,
  ]);
  return {
    ...Object.fromEntries(meta),
    __meta_kubernetes_namespace: 'ml-service',
    __meta_kubernetes_pod_name: 'one',
    __meta_kubernetes_pod_container_port_name: port,
    __meta_kubernetes_pod_phase: phase,
  };
}

const own = (labels: Readonly<Record<string, string>> | undefined) =>
  labels && Object.fromEntries(Object.entries(labels).filter(([name]) => !name.startsWith('__')));

describe('the jobs of the bundled Prometheus', () => {
  test('are there for what is there, and for nothing without it', async () => {
    expect(Object.keys(await jobsOf({ values: { prometheus: { enabled: true } } })).sort()).toEqual(
      ['audio-api', 'audio-broker', 'audio-worker', 'kubelet-cadvisor'].sort(),
    );
    expect((await render()).configMaps.map(({ metadata }) => metadata.name)).not.toContain(
      'prometheus-scrape',
    );
  });

  test('find each pod that has metrics once, by a port that it names, with the labels that all series carry', async () => {
    const { objects } = await render({ values: bundled });
    const jobs = await jobsOf({ values: bundled });
    const found = podsOf(objects).flatMap(({ labels, containers, owner }) =>
      containers
        .flatMap(({ ports = [] }) => ports)
        .flatMap(({ name }) =>
          Object.values(jobs)
            .filter(({ job_name }) => job_name !== 'kubelet-cadvisor')
            .flatMap((job) => {
              const carried = own(relabelled(discovered(labels, name), job.relabel_configs));
              return carried === undefined ? [] : [{ owner, ...carried }];
            }),
        ),
    );
    const common = { namespace: 'ml-service', pod: 'one', release: 'audio-processor' };
    expect(found.sort((a, b) => (a.owner < b.owner ? -1 : 1))).toEqual([
      { owner: 'Deployment/audio-gpu-worker', ...common, job: 'audio-worker', pool: 'gpu' },
      { owner: 'Deployment/audio-processor', ...common, job: 'audio-api' },
      { owner: 'Deployment/audio-worker', ...common, job: 'audio-worker', pool: 'cpu' },
      { owner: 'Deployment/flower', ...common, job: 'audio-flower' },
      { owner: 'Deployment/redis-exporter', ...common, job: 'audio-broker' },
    ]);
  });

  test.each(['Pending', 'Succeeded', 'Failed'])('leave out a pod that is %s', async (phase) => {
    const pod = podsOf((await render({ values: bundled })).objects).find(
      ({ owner }) => owner === 'Deployment/audio-worker',
    );
    const job = (await jobsOf({ values: bundled }))['audio-worker'];
    const at = (now: string) =>
      relabelled(discovered(pod?.labels ?? {}, 'metrics', now), job?.relabel_configs);
    expect(at('Running')).toBeDefined();
    expect(at(phase)).toBeUndefined();
  });

  test('select pods in the namespace of the release alone, which a Role allows', async () => {
    for (const { job_name, kubernetes_sd_configs } of Object.values(await jobsOf({ values: bundled }))) {
      if (job_name === 'kubelet-cadvisor') continue;
      expect(kubernetes_sd_configs).toEqual([{ role: 'pod', namespaces: { names: ['ml-service'] } }]);
    }
  });

  test('scrape Flower below its path', async () => {
    const jobs = await jobsOf(beside(bundled, { routing: { paths: { flower: '/tasks' } } }));
    expect(jobs['audio-flower']?.metrics_path).toBe('/tasks/metrics');
  });

  test('read of the kubelets what containers of this namespace use', async () => {
    const job = (await jobsOf({ values: bundled }))['kubelet-cadvisor'];
    const sample = (name: string, namespace: string) =>
      relabelled({ __name__: name, namespace, id: '/a', name: 'b' }, job?.metric_relabel_configs);
    expect(sample('container_memory_working_set_bytes', 'ml-service')).toEqual({
      __name__: 'container_memory_working_set_bytes',
      namespace: 'ml-service',
      id: '/a',
    });
    expect(sample('container_memory_working_set_bytes', 'other')).toBeUndefined();
    expect(sample('container_fs_reads_total', 'ml-service')).toBeUndefined();
    expect(job?.tls_config?.insecure_skip_verify).toBe(true);
  });

  test('verify the kubelets where they can, or leave them alone', async () => {
    const nodes = (more: ValueMap) => jobsOf(beside(bundled, { monitoring: { nodes: more } }));
    const verified = await nodes({ verifyCertificates: true });
    expect(verified['kubelet-cadvisor']?.tls_config?.insecure_skip_verify).toBe(false);
    expect(Object.keys(await nodes({ enabled: false }))).not.toContain('kubelet-cadvisor');
  });
});

describe('the guard of the API’s raw paths', () => {
  const kept = async (labels: Readonly<Record<string, string>>) =>
    relabelled(labels, (await jobsOf({ values: bundled }))['audio-api']?.metric_relabel_configs);
  const request = (endpoint: string, status: string) => ({
    __name__: 'audio_requests_total',
    endpoint,
    status,
  });
  const time = (endpoint: string) => ({
    __name__: 'audio_request_duration_seconds_bucket',
    endpoint,
    le: '1',
  });

  test.each(['/task/one', '/audio/task/one', '/unified/task/one', '/async/task/one'])(
    'drops what was counted of a single task: %s',
    async (path) => {
      expect(await kept(request(path, '500'))).toBeUndefined();
      expect(await kept(time(path))).toBeUndefined();
    },
  );

  test.each(['/', '/process', '/audio/process', '/unified/process', '/audio/unified/batch', '/health/redis'])(
    'keeps every answer and time of a known path, as it is: %s',
    async (path) => {
      for (const labels of [request(path, '200'), request(path, '404'), time(path)])
        expect(await kept(labels)).toEqual(labels);
    },
  );

  test('keeps of an unknown path what is no 404: an endpoint that is new fails audibly', async () => {
    expect(await kept(request('/new', '500'))).toEqual(request('/new', '500'));
    expect(await kept(request('/wp-login.php', '404'))).toBeUndefined();
    expect(await kept(time('/wp-login.php'))).toBeUndefined();
  });

  test('leaves other metrics alone', async () => {
    const other = { __name__: 'process_cpu_seconds_total' };
    expect(await kept(other)).toEqual(other);
  });
});

describe('the PodMonitors', () => {
  test('are the jobs of the bundled Prometheus, one for each workload', async () => {
    const jobs = await jobsOf({ values: bundled });
    const monitors = await monitorsOf({ values: operator });
    const pods = podsOf((await render({ values: operator })).objects);
    expect(monitors.map(({ metadata }) => metadata.name).sort()).toEqual(
      ['audio-gpu-worker', 'audio-processor', 'audio-worker', 'flower', 'redis-exporter'].sort(),
    );
    const plain = (rules: readonly object[] = []) =>
      JSON.parse(
        JSON.stringify(rules)
          .replaceAll('sourceLabels', 'source_labels')
          .replaceAll('targetLabel', 'target_label'),
      );
    for (const { spec } of monitors) {
      const [endpoint] = spec.podMetricsEndpoints;
      const name = endpoint.relabelings.find(({ targetLabel }) => targetLabel === 'job')?.replacement;
      const job = jobs[String(name)];
      expect(endpoint).toMatchObject({ path: job?.metrics_path, interval: '15s' });
      expect(plain(endpoint.metricRelabelings)).toEqual(job?.metric_relabel_configs ?? []);
      const pod = pods.find(({ labels }) => selects(spec.selector.matchLabels, labels));
      const at = discovered(pod?.labels ?? {}, endpoint.port);
      // What the operator adds by itself; `endpoint` is a label of the API's own.
      const given = { ...at, container: 'one', endpoint: endpoint.port };
      expect(own(relabelled(given, plain(endpoint.relabelings)))).toEqual(
        own(relabelled(at, job?.relabel_configs)),
      );
    }
  });

  test("carry the labels by which the operator's Prometheus finds them", async () => {
    const labels = { release: 'stack' };
    const monitors = await monitorsOf(beside(operator, { monitoring: { operator: { labels } } }));
    for (const { metadata } of monitors) expect(metadata.labels).toMatchObject(labels);
  });

  test('leave out a pool without sidecar', async () => {
    const options = beside(operator, { workers: { pools: { gpu: { metrics: { enabled: false } } } } });
    expect((await monitorsOf(options)).map(({ metadata }) => metadata.name)).not.toContain(
      'audio-gpu-worker',
    );
  });
});

describe('GPUs', () => {
  const gpu = { monitoring: { gpu: { enabled: true, namespace: 'gpus' } } };

  test('are found where their exporter is, and only those that this namespace uses are kept', async () => {
    const job = (await jobsOf(beside(bundled, gpu)))['audio-gpu'];
    expect(job?.honor_labels).toBe(true);
    expect(job?.kubernetes_sd_configs[0]?.namespaces?.names).toEqual(['gpus']);
    const ofGpu = (more: Readonly<Record<string, string>>) =>
      relabelled({ __name__: 'DCGM_FI_DEV_FB_USED', ...more }, job?.metric_relabel_configs);
    const container = 'worker';
    expect(ofGpu({ namespace: 'ml-service', container })).toBeDefined();
    expect(
      relabelled({ namespace: 'ml-service', exported_namespace: 'ml-service', container }),
    ).toBeDefined();
    expect(ofGpu({ namespace: 'other', container })).toBeUndefined();
    expect(ofGpu({ namespace: 'ml-service', exported_namespace: 'other', container })).toBeUndefined();
    // One that nobody holds gets the target's own namespace, which is that of the release.
    expect(job?.relabel_configs).toContainEqual({ target_label: 'namespace', replacement: 'ml-service' });
    expect(ofGpu({ namespace: 'ml-service' })).toBeUndefined();
  });

  test('take a Role there for the bundled Prometheus, whose account is in its own namespace', async () => {
    const rendered = await render({ valuesFiles: [overlay('monitoring')], values: gpu });
    // With the namespace of the release: two releases may have one in the namespace of the exporter.
    const name = 'prometheus-ml-service';
    const role = only(rendered, 'Role', name);
    expect(role).toMatchObject({
      metadata: { namespace: 'gpus' },
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }],
    });
    expect(only(rendered, 'RoleBinding', name)).toMatchObject({
      metadata: { namespace: 'gpus' },
      roleRef: { kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name: 'prometheus', namespace: 'monitoring' }],
    });
  });

  test('are a PodMonitor beside an operator, without a Role', async () => {
    const rendered = await render(beside(operator, gpu));
    expect((only(rendered, 'PodMonitor', 'audio-gpu') as PodMonitor).spec).toMatchObject({
      namespaceSelector: { matchNames: ['gpus'] },
      podMetricsEndpoints: [{ portNumber: 9400, honorLabels: true }],
    });
    expect(rendered.objects.filter(({ kind }) => kind === 'Role')).toEqual([]);
  });
});
