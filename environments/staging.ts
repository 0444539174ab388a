import { environment } from '../src/values/environment.ts';

/** The release candidate: every component of `prod` with the smallest numbers that still have several pods, and no GPU. */
export const staging = environment({
  image: { registry: 'registry.example.com', tag: 'v1.4.2-rc.1' },
  app: {
    s3: { bucket: 'ml-service-features-staging' },
    corsOrigins: { 'http://localhost:3000': null, 'https://ml-service.staging.example.com': {} },
  },
  api: { scaling: { engine: 'hpa', max: 4 } },
  workers: {
    defaults: { scaling: { engine: 'hpa', max: 4 } },
    profiles: {
      nvidia: { cpuFallback: true, resources: { requests: { cpu: '1', memory: '4Gi' } } },
    },
    pools: { gpu: { enabled: true, scaling: { max: 2 } } },
  },
  flower: { enabled: true },
  routing: {
    host: 'ml-service.staging.example.com',
    gateway: { parentRefs: { public: { namespace: 'gateways' } }, requestTimeout: '1h' },
  },
  prometheus: { enabled: true },
  alertmanager: { enabled: true, notifications: { slack: { enabled: true } } },
  grafana: { enabled: true },
  global: { monitoring: { namespace: 'monitoring', host: 'monitoring.staging.example.com' } },
  monitoring: { public: { grafana: true } },
});
