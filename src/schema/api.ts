import { annotations, command, duration, env, labels, scheduling, storage, strategy } from './fragments.ts';
import { imageOverride } from './image.ts';
import { integer, object, type Schema, string } from './kit.ts';
import { probe } from './probes.ts';
import { apiScaling, disruption } from './scaling.ts';
import { standaloneResources } from './standalone.ts';

const path = string('Path of the request (`httpGet.path`).', '/', { pattern: '^/[!-~]*$' });

/** The HTTP API. */
export const apiSection: Schema = object('The HTTP API.', {
  image: imageOverride(),
  command: command('the API'),
  port: integer('Port that the API listens on (`--port`, `containerPort`).', 8000, {
    minimum: 1024,
    maximum: 65535,
  }),
  env: env('Additional environment variables of the API (`env`); they override `app.env`.'),
  scaling: apiScaling(),
  resources: standaloneResources(
    { cpu: '500m', memory: '1Gi', 'ephemeral-storage': '1Gi' },
    { memory: '2Gi', 'ephemeral-storage': '4Gi' },
  ),
  storage: storage({ work: '256Mi', tmp: '1Gi', cache: '2Gi' }),
  probes: object(
    'HTTP probes (`httpGet`). With an unresponsive broker a submission blocks the event loop for up to 1 s, and for about 20 s where `env` removes AUDIO_PROCESSOR_ROLE; the liveness probe must tolerate that.',
    {
      startup: probe(
        'startup',
        'until the first answer',
        { period: '5s', timeout: '5s', failures: 24 },
        { path },
      ),
      readiness: probe(
        'readiness',
        'whether the Service sends requests to the pod. `/health` checks S3 as well and needs a timeout of at least 12s',
        { period: '5s', timeout: '5s', failures: 3 },
        { path },
      ),
      liveness: probe(
        'liveness',
        'restarts an API that hangs; never use `/health`',
        { period: '10s', timeout: '10s', failures: 6 },
        { path },
      ),
    },
  ),
  grace: duration(
    'Termination grace period (`terminationGracePeriodSeconds`), `preStopSleep` included.',
    '60s',
  ),
  preStopSleep: duration(
    'Time that the pod still serves while load balancers remove it (`preStop.sleep.seconds`).',
    '5s',
  ),
  strategy: strategy({ maxSurge: '25%', maxUnavailable: 0 }),
  service: object('The Service `audio-processor-service`.', {
    port: integer('Port of the Service (`ports.port`).', 8000, { minimum: 1, maximum: 65535 }),
    annotations: annotations('Annotations of the Service (`metadata.annotations`).'),
  }),
  scheduling: scheduling({ spread: true }),
  disruption: disruption(),
  podLabels: labels('Additional labels of the pods (`metadata.labels`).'),
  podAnnotations: annotations('Additional annotations of the pods (`metadata.annotations`).'),
});
