import { environment } from '../src/values/environment.ts';

/** What users meet. */
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
  api: { scaling: { replicas: 3 } },
  workers: { pools: { cpu: { scaling: { replicas: 5 } } } },
});
