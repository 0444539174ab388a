/**
 * Every metric that a dashboard or a rule may query, with its labels beside those that all series of this chart have
 * (docs/adr/0008-monitoring.md). A test refuses any other: a panel of a metric that does not exist is empty on the day on
 * which it is needed, and an alert never fires.
 */
export interface Metric {
  readonly from:
    | 'api'
    | 'worker'
    | 'celery'
    | 'redis_exporter'
    | 'dcgm'
    | 'cadvisor'
    | 'kube-state-metrics'
    | 'rule'
    | 'prometheus';
  readonly labels: readonly string[];
}

/** What the application really updates: the API for all but `extractor`, which workers alone know. */
const application: Readonly<Record<string, Metric>> = {
  audio_requests_total: { from: 'api', labels: ['method', 'endpoint', 'status'] },
  ...histogram('audio_request_duration_seconds', { from: 'api', labels: ['method', 'endpoint'] }),
  audio_extractor_success_total: { from: 'worker', labels: ['extractor_name', 'version'] },
  audio_extractor_failures_total: { from: 'worker', labels: ['extractor_name', 'version', 'error_type'] },
  ...histogram('audio_extractor_duration_seconds', { from: 'worker', labels: ['extractor_name'] }),
};

/** What the mounted Celery module counts. */
const celery: Readonly<Record<string, Metric>> = {
  celery_worker_tasks_started_total: { from: 'celery', labels: ['queue'] },
  celery_worker_tasks_finished_total: { from: 'celery', labels: ['queue', 'state'] },
  celery_worker_tasks_redelivered_total: { from: 'celery', labels: ['queue'] },
  celery_worker_tasks_quarantined_total: { from: 'celery', labels: ['queue'] },
  ...histogram('celery_worker_task_seconds', { from: 'celery', labels: ['queue'] }),
  ...histogram('celery_worker_task_wait_seconds', { from: 'celery', labels: ['queue'] }),
  celery_worker_queue_consumed: { from: 'celery', labels: ['queue'] },
  celery_worker_heartbeat_timestamp_seconds: { from: 'celery', labels: [] },
};

const broker: Readonly<Record<string, Metric>> = Object.fromEntries(
  [
    'redis_up',
    'redis_uptime_in_seconds',
    'redis_memory_used_bytes',
    'redis_memory_max_bytes',
    'redis_connected_clients',
    'redis_blocked_clients',
    'redis_commands_processed_total',
    'redis_rejected_connections_total',
    'redis_evicted_keys_total',
  ].map((name) => [name, { from: 'redis_exporter', labels: [] }]),
);

const keys: Readonly<Record<string, Metric>> = {
  redis_key_size: { from: 'redis_exporter', labels: ['db', 'key'] },
  redis_db_keys: { from: 'redis_exporter', labels: ['db'] },
};

const gpus: Readonly<Record<string, Metric>> = Object.fromEntries(
  [
    'DCGM_FI_DEV_FB_USED',
    'DCGM_FI_DEV_FB_FREE',
    'DCGM_FI_DEV_GPU_UTIL',
    'DCGM_FI_DEV_GPU_TEMP',
    'DCGM_FI_DEV_POWER_USAGE',
    'DCGM_FI_DEV_XID_ERRORS',
  ].map((name) => [name, { from: 'dcgm', labels: ['gpu', 'exported_namespace', 'exported_pod'] }]),
);

/** Series of the kubelets and of kube-state-metrics. Only recording rules read them: they have neither release nor pool. */
const containers: Readonly<Record<string, Metric>> = {
  ...Object.fromEntries(
    [
      'container_cpu_usage_seconds_total',
      'container_cpu_cfs_periods_total',
      'container_cpu_cfs_throttled_periods_total',
      'container_spec_cpu_quota',
      'container_spec_cpu_period',
      'container_memory_working_set_bytes',
      'container_spec_memory_limit_bytes',
    ].map((name) => [name, { from: 'cadvisor', labels: ['container'] }]),
  ),
  ...Object.fromEntries(
    ['kube_pod_container_resource_limits', 'kube_pod_init_container_resource_limits'].map((name) => [
      name,
      { from: 'kube-state-metrics', labels: ['container', 'resource'] },
    ]),
  ),
};

/** What this chart's own rules record. */
const rules: Readonly<Record<string, Metric>> = {
  'audio_processor:alert_threshold': { from: 'rule', labels: ['alertname'] },
  'audio_processor:queue_pool:info': { from: 'rule', labels: ['queue'] },
  'audio_processor:pool_replicas:min': { from: 'rule', labels: ['component'] },
  'audio_processor:pool_replicas:max': { from: 'rule', labels: ['component'] },
  'audio_processor:pool_autoscaled:info': { from: 'rule', labels: ['component'] },
  'audio_processor:pool_slow:seconds': { from: 'rule', labels: [] },
  'audio_processor:queue_length:tasks': { from: 'rule', labels: ['queue'] },
  'audio_processor:pool_held:tasks': { from: 'rule', labels: [] },
  'audio_processor:pool_unwatched:info': { from: 'rule', labels: [] },
  'audio_processor:target_expected:info': { from: 'rule', labels: ['component'] },
  'audio_processor:alert_threshold:throttled': { from: 'rule', labels: ['alertname'] },
  'audio_processor:api_requests:increase': { from: 'rule', labels: ['status'] },
  'audio_processor:extractor_successes:increase': { from: 'rule', labels: ['extractor_name'] },
  'audio_processor:extractor_failures:increase': { from: 'rule', labels: ['extractor_name'] },
  'audio_processor:tasks_started:increase': { from: 'rule', labels: [] },
  'audio_processor:tasks_redelivered:increase': { from: 'rule', labels: ['queue'] },
  'audio_processor:gpu_memory:ratio': { from: 'rule', labels: ['component', 'gpu', 'UUID'] },
  'audio_processor:container_cpu:ratio': { from: 'rule', labels: ['component', 'container'] },
  'audio_processor:container_cpu_throttled:ratio': { from: 'rule', labels: ['component', 'container'] },
  'audio_processor:container_memory:ratio': { from: 'rule', labels: ['component', 'container'] },
};

const prometheus: Readonly<Record<string, Metric>> = {
  up: { from: 'prometheus', labels: [] },
  ALERTS: {
    from: 'prometheus',
    labels: ['alertname', 'alertstate', 'severity', 'component', 'queue'],
  },
};

/** Every known metric by name. */
export const knownMetrics: Readonly<Record<string, Metric>> = {
  ...application,
  ...celery,
  ...broker,
  ...keys,
  ...gpus,
  ...containers,
  ...rules,
  ...prometheus,
};

/** Every label that series of a known metric carry; none for an unknown one. */
export function labelsOf(name: string): readonly string[] {
  const metric = knownMetrics[name];
  if (metric === undefined) return [];
  const { from, labels } = metric;
  if (['dcgm', 'cadvisor', 'kube-state-metrics'].includes(from)) return ['namespace', 'pod', ...labels];
  const ofPools = ['worker', 'celery', 'rule', 'prometheus'].includes(from) ? ['pool'] : [];
  return ['namespace', 'release', 'pod', 'job', ...ofPools, ...labels];
}

/** Metrics that the application declares and never updates: each is 0 for ever, or has no series. */
export const neverUpdated: readonly string[] = [
  'audio_processor_memory_usage_bytes',
  'audio_task_queue_length',
  'gpu_utilization_percent',
  'gpu_memory_usage_bytes',
  'gpu_memory_total_bytes',
  'audio_features_extracted_total',
  's3_operations_total',
  's3_operation_duration_seconds',
  's3_data_transferred_bytes_total',
  'model_load_duration_seconds',
  'model_inference_duration_seconds',
  'audio_file_size_bytes',
  'audio_duration_seconds',
];

function histogram(name: string, { from, labels }: Metric): Readonly<Record<string, Metric>> {
  return {
    [`${name}_bucket`]: { from, labels: [...labels, 'le'] },
    [`${name}_sum`]: { from, labels },
    [`${name}_count`]: { from, labels },
  };
}
