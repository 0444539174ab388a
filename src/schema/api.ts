import {
  annotations,
  command,
  duration,
  env,
  imageOverride,
  labels,
  probe,
  scheduling,
  storage,
  strategy,
} from './fragments.ts';
import { integer, object, type Schema, string } from './kit.ts';
import { apiScaling, disruption } from './scaling.ts';
import { standaloneResources } from './standalone.ts';

const path = (description: string) => string(description, '/', { pattern: '^/[!-~]*$' });

/** The HTTP API. */
export const apiSection: Schema = object('The HTTP API.', {
  image: imageOverride(),
  command: command('the API'),
  port: integer('Port that the API listens on.', 8000, { minimum: 1024, maximum: 65535 }),
  env: env('Further environment variables of the API; they win over `app.env`.'),
  scaling: apiScaling(),
  resources: standaloneResources(
    { cpu: '500m', memory: '1Gi', 'ephemeral-storage': '1Gi' },
    { memory: '2Gi', 'ephemeral-storage': '4Gi' },
  ),
  storage: storage({ work: '256Mi', tmp: '1Gi', cache: '2Gi' }),
  probes: object(
    'HTTP probes. A broker that is silent holds the event loop for up to 1 s at each submission; where `env` takes AUDIO_PROCESSOR_ROLE away, for about 20 s, and liveness must bear that.',
    {
      startup: probe(
        'Until the first answer.',
        { period: '5s', timeout: '5s', failures: 24 },
        {
          path: path('Path that is asked.'),
        },
      ),
      readiness: probe(
        'Whether the Service sends requests here.',
        { period: '5s', timeout: '5s', failures: 3 },
        {
          path: path('Path that is asked; `/health` also asks S3 and needs a timeout of at least 12s.'),
        },
      ),
      liveness: probe(
        'When to restart.',
        { period: '10s', timeout: '10s', failures: 6 },
        {
          path: path('Path that is asked; never `/health`.'),
        },
      ),
    },
  ),
  grace: duration('Time from the stop request to the kill, `preStopSleep` included.', '60s'),
  preStopSleep: duration('Time to go on serving while load balancers forget the pod.', '5s'),
  strategy: strategy({ maxSurge: '25%', maxUnavailable: 0 }),
  service: object('The Service `audio-processor-service`.', {
    port: integer('Port of the Service.', 8000, { minimum: 1, maximum: 65535 }),
    annotations: annotations('Annotations of the Service.'),
  }),
  scheduling: scheduling({ spread: true }),
  disruption: disruption(),
  podLabels: labels('Further labels of the pods.'),
  podAnnotations: annotations('Further annotations of the pods.'),
});
