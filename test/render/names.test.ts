import { describe, expect, test } from 'vitest';
import { type RenderOptions, renderChart } from '../../src/chart/helm.ts';
import { longRelease, overlay, render } from './support.ts';

const everything = { valuesFiles: [overlay('all-features'), overlay('monitoring')] };

/** `Kind/name`; the hash of a Job, which is made of its spec, is left out. */
const names = async (options: RenderOptions) =>
  (await renderChart(options))
    .map(({ kind, metadata }) => `${kind}/${metadata.name}`.replace(/^(Job\/.+)-[0-9a-f]{10}$/, '$1'))
    .sort();

describe('names', () => {
  test('are the ones that operators type, under the release name audio-processor', async () => {
    expect(await names(everything)).toEqual([
      'Certificate/ml-service',
      'Certificate/monitoring',
      'ClusterRole/prometheus-ml-service',
      'ClusterRoleBinding/prometheus-ml-service',
      'ConfigMap/alertmanager-config',
      'ConfigMap/grafana-config',
      'ConfigMap/grafana-dashboards',
      'ConfigMap/ml-service-config',
      'ConfigMap/ml-service-mounted',
      'ConfigMap/note',
      'ConfigMap/prometheus-alertmanagers',
      'ConfigMap/prometheus-config',
      'ConfigMap/prometheus-rules',
      'ConfigMap/prometheus-scrape',
      'ConfigMap/redis-config',
      'Deployment/alertmanager',
      'Deployment/audio-batch-worker',
      'Deployment/audio-beat',
      'Deployment/audio-gpu-worker',
      'Deployment/audio-processor',
      'Deployment/audio-worker',
      'Deployment/flower',
      'Deployment/grafana',
      'Deployment/prometheus',
      'Deployment/redis-exporter',
      'HTTPRoute/ml-service-route',
      'HTTPRoute/monitoring-route',
      'HorizontalPodAutoscaler/audio-processor-hpa',
      'Ingress/flower-ingress',
      'Ingress/ml-service-ingress',
      'Ingress/monitoring-ingress',
      'Job/model-prefetch',
      'Middleware/ml-service-hide-metrics',
      'Middleware/ml-service-strip-path',
      'PersistentVolumeClaim/alertmanager-data',
      'PersistentVolumeClaim/model-cache',
      'PersistentVolumeClaim/prometheus-data',
      'PersistentVolumeClaim/redis-data',
      'PodDisruptionBudget/audio-batch-worker',
      'PodDisruptionBudget/audio-gpu-worker',
      'PodDisruptionBudget/audio-processor',
      'PodDisruptionBudget/audio-worker',
      'Role/prometheus',
      'Role/prometheus-ml-service',
      'RoleBinding/prometheus',
      'RoleBinding/prometheus-ml-service',
      'ScaledObject/audio-gpu-worker',
      'ScaledObject/audio-worker',
      'Service/alertmanager-service',
      'Service/audio-processor-service',
      'Service/flower-service',
      'Service/grafana-service',
      'Service/prometheus-service',
      'Service/redis-service',
      'ServiceAccount/alertmanager',
      'ServiceAccount/grafana',
      'ServiceAccount/ml-service-sa',
      'ServiceAccount/prometheus',
      'StatefulSet/redis',
      'TriggerAuthentication/audio-worker-keda',
    ]);
  });

  test('of containers are those of their Deployments without prefix, in every release', async () => {
    for (const release of ['audio-processor', 'second']) {
      const { workloads } = await render({ ...everything, release });
      expect(workloads.map(({ spec }) => spec.template.spec.containers[0].name).sort()).toEqual([
        'alertmanager',
        'audio-batch-worker',
        'audio-beat',
        'audio-gpu-worker',
        'audio-processor',
        'audio-worker',
        'flower',
        'grafana',
        'prometheus',
        'redis',
        'redis-exporter',
      ]);
    }
  });

  test('get the release as a prefix under any other release name', async () => {
    const plain = await names(everything);
    const prefixed = await names({ ...everything, release: 'second' });
    expect(prefixed).toEqual(plain.map((name) => name.replace('/', '/second-')).sort());
  });

  test('get `fullnameOverride` as a prefix, or none for audio-processor', async () => {
    const named = (release: string, fullnameOverride: string) =>
      names({ release, values: { fullnameOverride } });
    expect(await named('second', 'audio-processor')).toEqual(await names({}));
    expect(await named('audio-processor', 'second')).toEqual(await names({ release: 'second' }));
  });

  test('of two releases differ, even where names are cut', async () => {
    // The second is the first with another last letter; the third would end where a pool's name begins.
    const releases = [
      'audio-processor',
      'second',
      'audio',
      longRelease,
      `${longRelease.slice(0, -1)}s`,
      'second-audio-b',
    ];
    const all = await Promise.all(releases.map((release) => names({ ...everything, release })));
    expect(new Set(all.flat()).size).toBe(all.flat().length);
  });

  test('of pools cannot reach into those of another release', async () => {
    // Release `audio` would own audio-audio-worker, as a pool `audio` of the release `audio-processor` would.
    const values = (pool: string) => ({ workers: { pools: { [pool]: { queues: { q: {} } } } } });
    expect(await names({ values: values('audiobooks') })).toContain('Deployment/audio-audiobooks-worker');
  });
});
