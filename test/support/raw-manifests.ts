/**
 * Every object and key of the raw manifests that the chart replaces, as docs/features.md names them in code marks.
 * Written down from the manifests, not from the chart.
 */
export const rawManifests: Readonly<Record<string, readonly string[]>> = {
  'namespace.yaml': ['ml-service', 'monitoring'],
  'rbac.yaml': ['ml-service-sa', 'ml-service-role', 'ml-service-rolebinding', 'ml-service-monitoring'],
  'deployments of ml-service': [
    ...['audio-processor', 'audio-worker', 'audio-gpu-worker'],
    ...['replicas', 'image', 'resources', 'command', 'http', 'metrics', 'nvidia.com/gpu'],
    ...['prometheus.io/scrape', 'prometheus.io/port', 'prometheus.io/path', 'imagePullPolicy'],
    ...['livenessProbe', 'readinessProbe', 'startupProbe', 'terminationGracePeriodSeconds'],
    ...['securityContext', 'readOnlyRootFilesystem', 'nodeSelector'],
    ...['/tmp', '/app/cache', '/app/models'],
    ...['CUDA_VISIBLE_DEVICES', 'CUDA_DEVICE_ORDER', 'TORCH_CUDA_ALLOC_CONF'],
  ],
  'hpa.yaml': ['audio-processor-hpa', 'audio-worker-hpa', 'audio-gpu-worker-hpa'],
  'services.yaml': [
    ...['audio-processor-service', 'redis-service', 'postgres-service', 'minio-service', 'masterml-service'],
    ...['flower-service', 'prometheus-service', 'grafana-service', 'alertmanager-service'],
  ],
  'ingress.yaml': [
    ...['ml-service-ingress', 'ml-service-tls', '/masterml', '/audio', '/flower', '/minio'],
    ...['rewrite-target', 'ssl-redirect', 'force-ssl-redirect', 'proxy-body-size', 'proxy-read-timeout'].map(
      nginx,
    ),
    ...['proxy-send-timeout', 'rate-limit', 'rate-limit-window'].map(nginx),
    ...['cert-manager.io/cluster-issuer', 'monitoring-ingress', 'monitoring-auth', 'monitoring-tls'],
  ],
  'configmap.yaml': [
    ...['ml-service-config', 'REDIS_URL', 'CELERY_BROKER_URL', 'CELERY_RESULT_BACKEND', 'S3_ENDPOINT'],
    ...['S3_BUCKET', 'S3_REGION', 'MASTERML_URL', 'API_HOST', 'API_PORT', 'LOG_LEVEL', 'LOG_FORMAT'],
    ...['AUDIO_SAMPLE_RATE', 'AUDIO_MAX_DURATION', 'AUDIO_CHUNK_SIZE', 'MFCC_N_MFCC', 'MFCC_N_MELS'],
    ...['MEL_N_MELS', 'CHROMA_N_CHROMA', 'VAD_FRAME_LENGTH', 'VAD_HOP_LENGTH', 'CELERY_WORKER_CONCURRENCY'],
    ...['CELERY_TASK_TIME_LIMIT', 'CELERY_TASK_SOFT_TIME_LIMIT', 'PROMETHEUS_ENABLED', 'METRICS_ENABLED'],
    ...['HEALTH_CHECK_INTERVAL', 'audio-processor-config', 'EXTRACTORS_ENABLED', 'EXTRACTORS_DISABLED'],
    ...['CLAP_MODEL_NAME', 'CLAP_BATCH_SIZE', 'VAD_ENERGY_THRESHOLD', 'VAD_SILENCE_DURATION'],
    ...['LOUDNESS_TARGET_LUFS', 'LOUDNESS_TRUE_PEAK', 'MAX_FILE_SIZE_MB', 'SUPPORTED_FORMATS'],
    ...['MAX_RETRIES', 'RETRY_DELAY', 'RETRY_BACKOFF'],
  ],
  'secret.yaml': [
    ...['ml-service-secrets', 'S3_ACCESS_KEY', 'S3_SECRET_KEY', 'MASTERML_TOKEN', 'DATABASE_PASSWORD'],
    ...['DATABASE_URL', 'REDIS_PASSWORD', 'OPENAI_API_KEY', 'HUGGINGFACE_TOKEN', 'JWT_SECRET_KEY'],
    ...['JWT_ALGORITHM', 'monitoring-secrets', 'GRAFANA_ADMIN_USER', 'GRAFANA_ADMIN_PASSWORD'],
    ...['ALERTMANAGER_SMTP_USER', 'ALERTMANAGER_SMTP_PASSWORD', 'SLACK_WEBHOOK_URL'],
  ],
  'kustomization.yaml': ['kustomization.yaml', 'namespace: ml-service', 'ENVIRONMENT', 'v1.0.0'],
  'monitoring.yaml': [
    ...['prometheus', 'grafana', 'alertmanager', 'monitoring-config'],
    ...['kubernetes-pods', 'kubernetes-nodes', 'kubernetes-cadvisor'],
    ...['audio-processor-monitor', 'audio-worker-monitor'],
  ],
};

function nginx(annotation: string): string {
  return `nginx.ingress.kubernetes.io/${annotation}`;
}
