import { annotations, command, duration, env, imageOverride, labels, probe, storage } from './fragments.ts';
import { boolean, object, type Schema, string } from './kit.ts';
import { standaloneProbe, standaloneResources, standaloneScheduling } from './standalone.ts';

/** The scheduler of periodic tasks. Two of them would send everything twice, so there is no number of replicas. */
export const beatSection: Schema = object(
  "Celery beat: sends the application's periodic tasks. Exactly one pod, replaced only after the old one is gone.",
  {
    enabled: boolean(
      'Whether beat runs. Without it nothing periodic happens; the API does not need it.',
      true,
    ),
    image: imageOverride(),
    command: command('beat'),
    logLevel: string('Log level of beat.', 'info', {
      enum: ['debug', 'info', 'warning', 'error', 'critical'],
    }),
    env: env('Further environment variables of beat; they win over `app.env`.'),
    resources: standaloneResources(
      { cpu: '50m', memory: '512Mi', 'ephemeral-storage': '128Mi' },
      // It imports every task with all that a task needs, torch among it.
      { memory: '2Gi', 'ephemeral-storage': '1Gi' },
    ),
    storage: storage({ work: '64Mi', tmp: '256Mi', cache: '256Mi' }),
    probes: object('Probes on files that beat touches; none of them asks the broker.', {
      startup: standaloneProbe(
        "Until beat has its schedule: it imports all of the application's tasks first.",
        {
          period: '5s',
          timeout: '5s',
          failures: 60,
        },
      ),
      readiness: standaloneProbe('The same; a rollout waits for it.', {
        period: '10s',
        timeout: '5s',
        failures: 3,
      }),
      liveness: probe(
        'When to restart a beat that hangs.',
        { period: '60s', timeout: '5s', failures: 2 },
        {
          maxAge: duration(
            'Age of the heartbeat file that counts as failed. Beat touches it every minute at least.',
            '5m',
          ),
        },
      ),
    }),
    grace: duration('Time to write the schedule and stop.', '30s'),
    scheduling: standaloneScheduling(),
    podLabels: labels('Further labels of the pod.'),
    podAnnotations: annotations('Further annotations of the pod.'),
  },
);
