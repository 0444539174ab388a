import { annotations, command, duration, env, imageOverride, labels, quantity } from './fragments.ts';
import { boolean, integer, object, type Schema } from './kit.ts';
import { standaloneProbe, standaloneResources, standaloneScheduling } from './standalone.ts';

/** Flower, the web page on workers and tasks. */
export const flowerSection: Schema = object(
  'Flower: a web page on workers and tasks, behind FLOWER_BASIC_AUTH of the Secret. Below Flower 2.2.0 a link can make the browser of a logged-in user stop workers and revoke tasks (CVE-2022-51020): keep it off, or off public networks, or bring a newer image.',
  {
    enabled: boolean('Whether Flower runs.', false),
    image: imageOverride(),
    command: command('Flower'),
    maxTasks: integer('Tasks that it remembers; its memory grows with them.', 10000, { minimum: 1 }),
    forgetWorkersAfter: duration('When a worker that went away leaves the list.', '1h'),
    env: env(
      'Further environment variables of Flower; `FLOWER_<OPTION>` sets an option. `app.env` does not reach it.',
    ),
    resources: standaloneResources(
      { cpu: '50m', memory: '128Mi', 'ephemeral-storage': '64Mi' },
      { memory: '512Mi', 'ephemeral-storage': '256Mi' },
    ),
    tmp: quantity('Size of `/tmp`, all that it can write to.', '64Mi'),
    probes: object('HTTP probes on its health check, which needs no credentials and no broker.', {
      startup: standaloneProbe('Until the first answer.', { period: '2s', timeout: '5s', failures: 60 }),
      readiness: standaloneProbe('Whether the Service sends requests here.', {
        period: '10s',
        timeout: '5s',
        failures: 3,
      }),
      liveness: standaloneProbe('When to restart.', { period: '20s', timeout: '10s', failures: 6 }),
    }),
    grace: duration('Time to stop.', '15s'),
    service: object('The Service `flower-service`.', {
      port: integer('Port of the Service.', 5555, { minimum: 1, maximum: 65535 }),
      annotations: annotations('Annotations of the Service.'),
    }),
    scheduling: standaloneScheduling(),
    podLabels: labels('Further labels of the pod.'),
    podAnnotations: annotations('Further annotations of the pod.'),
  },
);
