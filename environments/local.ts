import { environment } from '../src/values/environment.ts';

/** One pod of each component on a small cluster; limits stay, requests shrink. */
export const local = environment({
  app: { logLevel: 'DEBUG' },
  broker: {
    resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '256Mi' } },
    persistence: { size: '1Gi' },
  },
  api: {
    scaling: { replicas: 1 },
    resources: { requests: { cpu: '100m', memory: '256Mi', 'ephemeral-storage': '256Mi' } },
  },
  beat: { resources: { requests: { memory: '128Mi' } } },
  workers: {
    defaults: {
      concurrency: 2,
      scaling: { replicas: 1 },
      resources: { requests: { cpu: '200m', memory: '512Mi', 'ephemeral-storage': '256Mi' } },
    },
  },
});
