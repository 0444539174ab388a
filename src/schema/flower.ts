import { annotations, command, duration, env, labels, quantity } from './fragments.ts';
import { imageOverride } from './image.ts';
import { boolean, integer, object, type Schema } from './kit.ts';
import { standaloneProbe, standaloneResources, standaloneScheduling } from './standalone.ts';

/** Flower, the web UI of Celery. */
export const flowerSection: Schema = object(
  'Flower, a web UI for workers and tasks, protected by FLOWER_BASIC_AUTH of the Secret. Before Flower 2.2.0 a link can make the browser of a logged-in user stop workers and revoke tasks (CVE-2022-51020): disable it, keep it off public networks, or use a newer image.',
  {
    enabled: boolean('Create the Deployment and the Service of Flower.', false),
    image: imageOverride(),
    command: command('Flower'),
    maxTasks: integer('Tasks that Flower keeps in memory (`--max_tasks`).', 10000, { minimum: 1 }),
    forgetWorkersAfter: duration(
      'Time after which an offline worker is removed from the list (`--purge_offline_workers`).',
      '1h',
    ),
    env: env(
      'Additional environment variables of Flower (`env`); `FLOWER_<OPTION>` sets an option. Flower does not get `app.env`.',
    ),
    resources: standaloneResources(
      { cpu: '50m', memory: '128Mi', 'ephemeral-storage': '64Mi' },
      { memory: '512Mi', 'ephemeral-storage': '256Mi' },
    ),
    tmp: quantity('Size limit of `/tmp`, the only writable directory (`emptyDir.sizeLimit`).', '64Mi'),
    probes: object('HTTP probes on the health check, which needs no credentials and no broker (`httpGet`).', {
      startup: standaloneProbe('startup', 'until the first answer', {
        period: '2s',
        timeout: '5s',
        failures: 60,
      }),
      readiness: standaloneProbe('readiness', 'whether the Service sends requests to the pod', {
        period: '10s',
        timeout: '5s',
        failures: 3,
      }),
      liveness: standaloneProbe('liveness', 'restarts a Flower that hangs', {
        period: '20s',
        timeout: '10s',
        failures: 6,
      }),
    }),
    grace: duration('Termination grace period (`terminationGracePeriodSeconds`).', '15s'),
    service: object('The Service `flower-service`.', {
      port: integer('Port of the Service (`ports.port`).', 5555, { minimum: 1, maximum: 65535 }),
      annotations: annotations('Annotations of the Service (`metadata.annotations`).'),
    }),
    scheduling: standaloneScheduling(),
    podLabels: labels('Additional labels of the pod (`metadata.labels`).'),
    podAnnotations: annotations('Additional annotations of the pod (`metadata.annotations`).'),
  },
);
