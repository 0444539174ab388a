import { annotations, command, duration, env, labels, storage } from './fragments.ts';
import { imageOverride } from './image.ts';
import { boolean, object, type Schema, string } from './kit.ts';
import { probe } from './probes.ts';
import { standaloneProbe, standaloneResources, standaloneScheduling } from './standalone.ts';

/** The scheduler of periodic tasks. Two of them would send every task twice, so there is no number of replicas. */
export const beatSection: Schema = object(
  "Celery beat, which sends the application's periodic tasks. Exactly one pod; a new one starts only after the old one has ended (`strategy.type: Recreate`).",
  {
    enabled: boolean('Create the Deployment of beat. Without it no periodic task is sent.', true),
    image: imageOverride(),
    command: command('beat'),
    logLevel: string('Log level of beat (`--loglevel`).', 'info', {
      enum: ['debug', 'info', 'warning', 'error', 'critical'],
    }),
    env: env('Additional environment variables of beat (`env`); they override `app.env`.'),
    resources: standaloneResources(
      { cpu: '50m', memory: '512Mi', 'ephemeral-storage': '128Mi' },
      // It imports every task with all that a task needs, torch among it.
      { memory: '2Gi', 'ephemeral-storage': '1Gi' },
    ),
    storage: storage({ work: '64Mi', tmp: '256Mi', cache: '256Mi' }),
    probes: object('Probes on files that beat writes (`exec`); none of them contacts the broker.', {
      startup: standaloneProbe(
        'startup',
        "until beat has its schedule; it first imports all of the application's tasks",
        {
          period: '5s',
          timeout: '5s',
          failures: 60,
        },
      ),
      readiness: standaloneProbe('readiness', 'whether beat has its schedule; a rollout waits for it', {
        period: '10s',
        timeout: '5s',
        failures: 3,
      }),
      liveness: probe(
        'liveness',
        'restarts a beat that hangs',
        { period: '60s', timeout: '5s', failures: 2 },
        {
          maxAge: duration(
            'Age of the heartbeat file at which the probe fails (`exec.command`); beat writes it at least once a minute.',
            '5m',
          ),
        },
      ),
    }),
    grace: duration(
      'Termination grace period (`terminationGracePeriodSeconds`), in which beat writes its schedule.',
      '30s',
    ),
    scheduling: standaloneScheduling(),
    podLabels: labels('Additional labels of the pod (`metadata.labels`).'),
    podAnnotations: annotations('Additional annotations of the pod (`metadata.annotations`).'),
  },
);
