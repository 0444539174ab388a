import { environment } from '../src/values/environment.ts';

/** Production. */
export const prod = environment({
  image: { registry: 'registry.example.com', tag: 'v1.4.2' },
  app: {
    s3: { bucket: 'ml-service-features' },
    corsOrigins: { 'http://localhost:3000': null, 'https://ml-service.example.com': {} },
  },
  broker: {
    resources: { requests: { memory: '2Gi' }, limits: { memory: '4Gi' } },
    persistence: { size: '20Gi' },
  },
  api: {
    scaling: { engine: 'hpa', min: 3 },
    resources: { requests: { 'ephemeral-storage': '2Gi' }, limits: { cpu: '1' } },
  },
  workers: {
    defaults: { scaling: { engine: 'hpa' } },
    // The nodes that the raw manifests chose; the profile itself tolerates the taint of NVIDIA's nodes.
    profiles: { nvidia: { nodeSelector: { accelerator: 'nvidia-tesla-gpu' } } },
    pools: {
      cpu: { scaling: { min: 5, max: 20 }, resources: { limits: { cpu: '2' } } },
      gpu: {
        enabled: true,
        image: { tag: 'v1.4.2-gpu' },
        resources: { limits: { cpu: '4' } },
      },
    },
  },
  // Behind FLOWER_BASIC_AUTH of the Secret.
  flower: { enabled: true },
  routing: {
    host: 'ml-service.example.com',
    // Operators use Flower by this path. It requires a password; see docs/features.md before you keep it.
    public: { flower: true },
    gateway: { parentRefs: { public: { namespace: 'gateways' } }, requestTimeout: '1h' },
  },
  // One replica each, which is enough to begin with; with a Prometheus Operator set `monitoring.operator` instead.
  prometheus: { enabled: true },
  alertmanager: { enabled: true, notifications: { slack: { enabled: true } } },
  grafana: { enabled: true },
  // The namespace must exist, with the Secret `monitoring-secrets` in it.
  global: { monitoring: { namespace: 'monitoring', host: 'monitoring.example.com' } },
  monitoring: { public: { grafana: true } },
});
