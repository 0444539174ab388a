import {
  annotations,
  command,
  duration,
  env,
  labels,
  optionalDuration,
  quantity,
  queues,
  resources,
  scheduling,
  storage,
  strategy,
} from './fragments.ts';
import { hardware, profiles } from './hardware.ts';
import { imageOverride } from './image.ts';
import { boolean, definition, integer, map, object, ref, type Schema, string } from './kit.ts';
import { probe } from './probes.ts';
import { disruption, gpuScaling, poolScaling } from './scaling.ts';

const keyForm = '[a-z]([-a-z0-9]*[a-z0-9])?';
const keys = { pattern: `^${keyForm}$`, maxLength: 40 } as const satisfies Schema;

/** Every value of a pool, with the default that it inherits. Durations that depend on the task limit are derived. */
const defaults: Schema = object(
  'Defaults that every pool inherits. A pool overrides any key; null removes an inherited entry.',
  {
    enabled: boolean('Create the Deployment and the other objects of the pool.', true),
    profile: string(
      'Hardware profile, a key of `workers.profiles`: its keys override these defaults, and the pool overrides them; empty for none.',
      '',
      { pattern: `^(${keyForm})?$`, maxLength: 40 },
    ),
    hardware,
    image: imageOverride(),
    command: command('the worker'),
    queues: queues('Queues that the workers consume (`--queues`), by name.'),
    concurrency: integer('Worker processes of a pod (`--concurrency`).', 4, { minimum: 1 }),
    taskLimit: duration(
      "Celery's hard time limit of a task (`--time-limit`). The pool's termination grace period, drain timeout and visibility timeout follow from it.",
      '1h',
    ),
    slowAfter: optionalDuration(
      'Threshold of the alert `SlowProcessing` for this pool, a boundary of `monitoring.taskDurationBuckets`, such as 10m or 1h; empty for the threshold of the alert.',
    ),
    softLimitMargin: duration(
      'Time between the soft and the hard time limit: `--soft-time-limit` is `taskLimit` minus this.',
      '5m',
    ),
    maxTasksPerChild: integer(
      'Tasks after which a worker process is replaced (`--max-tasks-per-child`).',
      100,
      { minimum: 1 },
    ),
    visibilityTimeout: optionalDuration(
      'Age at which an unacknowledged task without a lease returns to its queue (`visibility_timeout`): with `delivery.mode: timeout`, or a Celery version that leases do not support; empty takes 1.5 × `taskLimit`, at least `taskLimit` + 10m.',
    ),
    drain: object('What happens to running tasks when a pod is terminated (`preStop`).', {
      mode: string(
        'Drain mode: `finish` lets running tasks run until their time limit; `requeue` gives them `within` and then returns them to their queue.',
        'finish',
        { enum: ['finish', 'requeue'] },
      ),
      within: optionalDuration(
        'Drain timeout: time for running tasks to finish; `terminationGracePeriodSeconds` follows from it. `finish`: empty takes `taskLimit`, which is also the minimum. `requeue`: empty takes 5m.',
      ),
    }),
    logLevel: string('Log level of the worker (`--loglevel`).', 'info', {
      enum: ['debug', 'info', 'warning', 'error', 'critical'],
    }),
    env: env('Additional environment variables of the worker (`env`); they override `app.env`.', {
      removable: true,
    }),
    scaling: poolScaling(),
    resources: resources(
      { cpu: '1', memory: '2Gi', 'ephemeral-storage': '4Gi' },
      { memory: '4Gi', 'ephemeral-storage': '8Gi' },
    ),
    storage: storage({ work: '2Gi', tmp: '4Gi', cache: '2Gi' }),
    probes: object('Probes on files that the worker writes (`exec`); none of them contacts the broker.', {
      startup: probe('startup', 'until the worker consumes', { period: '5s', timeout: '5s', failures: 60 }),
      readiness: probe('readiness', 'whether the worker consumes', {
        period: '10s',
        timeout: '5s',
        failures: 3,
      }),
      liveness: probe(
        'liveness',
        'restarts a worker that hangs',
        { period: '60s', timeout: '5s', failures: 3 },
        {
          maxAge: duration(
            'Age of the heartbeat file at which the probe fails (`exec.command`); longer than any broker outage to survive.',
            '15m',
          ),
          grace: duration(
            "Grace period of a restart by this probe (its `terminationGracePeriodSeconds`), instead of the pod's.",
            '60s',
          ),
        },
      ),
    }),
    metrics: object(
      'Sidecar container that serves the metrics of all processes of a worker under `/metrics`; the worker itself has no HTTP server.',
      {
        enabled: boolean('Add the sidecar container `metrics` to the pods.', true),
        port: integer('Port of the sidecar (`containerPort`), named `metrics`.', 9808, {
          minimum: 1024,
          maximum: 65535,
        }),
        size: quantity(
          "Size limit of the metric files, which are in memory (`emptyDir.sizeLimit`); they count towards the worker's memory limit.",
          '64Mi',
        ),
        resources: resources(
          { cpu: '10m', memory: '64Mi', 'ephemeral-storage': '16Mi' },
          { memory: '128Mi', 'ephemeral-storage': '64Mi' },
        ),
      },
    ),
    strategy: strategy(
      { maxSurge: '', maxUnavailable: '' },
      {
        maxSurge: 'empty takes 25%, or 0 where a new pod needs the device of an old one',
        maxUnavailable: 'empty takes 1 where `maxSurge` is 0, otherwise 0',
      },
    ),
    scheduling: scheduling({ spread: true }),
    disruption: disruption(),
    podLabels: labels('Additional labels of the pods (`metadata.labels`).', { removable: true }),
    podAnnotations: annotations('Additional annotations of the pods (`metadata.annotations`).', {
      removable: true,
    }),
  },
);

/** The pools of the default values. */
const pools = {
  cpu: { queues: { audio_queue: {}, system_queue: {}, celery: {} } },
  gpu: {
    enabled: false,
    profile: 'nvidia',
    queues: { gpu_queue: {} },
    concurrency: 2,
    taskLimit: '2h',
    maxTasksPerChild: 50,
    scaling: gpuScaling,
    storage: { cache: '8Gi' },
  },
};

/** Definition of one entry of `workers.pools`: the shape of the defaults, every key optional. */
export const poolDefinition: Schema = {
  ...definition('Pool', defaults),
  description: 'One worker pool; absent keys inherit `workers.defaults`.',
};

/** The worker pools. */
export const workersSection: Schema = object('Celery workers.', {
  defaults,
  profiles: map(
    'Hardware profiles by name, for `profile` of a pool. Each overrides `workers.defaults`, and a pool overrides its profile.',
    ref('profile'),
    { default: profiles, keys },
  ),
  pools: map(
    'Worker pools by name: `cpu` is the Deployment `audio-worker`, any other `audio-<name>-worker`. A pool has the keys of `workers.defaults`.',
    ref('pool'),
    { default: pools, keys },
  ),
});
