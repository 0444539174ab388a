import { environment } from '../src/values/environment.ts';

/** Shared by developers: one pod of each component, debug logs, Flower to inspect tasks, nothing persistent. */
export const dev = environment({
  image: { registry: 'registry.example.com', tag: 'main', pullPolicy: 'Always' },
  app: { s3: { bucket: 'ml-service-features-dev' }, logLevel: 'DEBUG' },
  broker: {
    resources: { limits: { 'ephemeral-storage': '3Gi' } },
    persistence: { enabled: false, size: '2Gi' },
  },
  api: { scaling: { replicas: 1 } },
  workers: { defaults: { logLevel: 'debug', scaling: { replicas: 1 } } },
  beat: { logLevel: 'debug' },
  flower: { enabled: true },
  routing: {
    host: 'ml-service.dev.example.com',
    gateway: { parentRefs: { public: { namespace: 'gateways' } } },
  },
});
