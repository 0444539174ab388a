import {
  annotations,
  command,
  duration,
  env,
  imageOverride,
  labels,
  optionalDuration,
  probe,
  quantity,
  resources,
  scheduling,
  storage,
  strategy,
} from './fragments.ts';
import { hardware, profiles } from './hardware.ts';
import { boolean, integer, map, object, override, ref, type Schema, string } from './kit.ts';
import { disruption, gpuScaling, poolScaling } from './scaling.ts';

const queue = object('Nothing to set: the name of the queue is the key.', {});

const keyForm = '[a-z]([-a-z0-9]{0,38}[a-z0-9])?';

/** Everything that a pool may say, with what it inherits. Durations that depend on the task limit are derived. */
const defaults: Schema = object(
  'What every pool inherits. A pool overrides any leaf; null removes an inherited entry.',
  {
    enabled: boolean('Whether the pool exists.', true),
    profile: string(
      'Hardware profile, a key of `workers.profiles`, whose leaves come between these defaults and the pool; empty for none.',
      '',
      { pattern: `^(${keyForm})?$`, maxLength: 40 },
    ),
    hardware,
    image: imageOverride(),
    command: command('the worker'),
    queues: map(
      'Queues that the pool consumes, by name.',
      { ...queue, type: ['object', 'null'] },
      {
        keys: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$',
      },
    ),
    concurrency: integer('Processes that run tasks in one pod.', 4, { minimum: 1 }),
    taskLimit: duration(
      "Hard limit of one task. The pool's grace period, drain and visibility timeout follow from it.",
      '1h',
    ),
    slowAfter: optionalDuration(
      'Time above which a task counts as slow, one of the steps in which times are counted, as 10m or 1h; empty takes `monitoring.alerts.SlowProcessing.threshold`.',
    ),
    softLimitMargin: duration('How long before the hard limit the task is told to stop.', '5m'),
    maxTasksPerChild: integer('Tasks after which a process is replaced by a fresh one.', 100, { minimum: 1 }),
    visibilityTimeout: optionalDuration(
      'Age at which an unacknowledged task goes back to its queue where no lease is held (`delivery.mode: timeout`, or a Celery that the lease does not know); empty derives 1.5 × the task limit, at least the limit + 10m.',
    ),
    drain: object('What happens to running tasks when a pod has to go.', {
      mode: string(
        '`finish`: they may run to their limit. `requeue`: they have `within`, then they go back to their queue at once.',
        'finish',
        { enum: ['finish', 'requeue'] },
      ),
      within: optionalDuration(
        'Time that running tasks get to finish. `finish`: empty takes the task limit, and no less is accepted. `requeue`: empty takes 5m. The grace period follows.',
      ),
    }),
    logLevel: string('Log level of the worker.', 'info', {
      enum: ['debug', 'info', 'warning', 'error', 'critical'],
    }),
    env: env('Further environment variables of the worker; they win over `app.env`.', { removable: true }),
    scaling: poolScaling(),
    resources: resources(
      { cpu: '1', memory: '2Gi', 'ephemeral-storage': '4Gi' },
      { memory: '4Gi', 'ephemeral-storage': '8Gi' },
    ),
    storage: storage({ work: '2Gi', tmp: '4Gi', cache: '2Gi' }),
    probes: object('Probes on files that the worker touches; none of them asks the broker.', {
      startup: probe('Until the worker consumes.', { period: '5s', timeout: '5s', failures: 60 }),
      readiness: probe('Whether the worker consumes.', { period: '10s', timeout: '5s', failures: 3 }),
      liveness: probe(
        'When to restart a wedged worker.',
        { period: '60s', timeout: '5s', failures: 3 },
        {
          maxAge: duration(
            'Age of the heartbeat that counts as failed; longer than any broker outage to survive.',
            '15m',
          ),
          grace: duration('Time to stop after a failed look, instead of the whole grace period.', '60s'),
        },
      ),
    }),
    metrics: object(
      'Sidecar that serves the metrics of all processes of one worker under `/metrics`; the worker itself has no HTTP server.',
      {
        enabled: boolean('Whether the pods have it.', true),
        port: integer('Port of the sidecar; its name is `metrics`.', 9808, { minimum: 1024, maximum: 65535 }),
        size: quantity(
          "Limit of the files that the processes count in; they lie in memory, inside the worker's limit.",
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
        maxSurge: 'empty takes 25%, or 0 where a new pod waits for the device of an old one',
        maxUnavailable: 'empty takes 1 where `maxSurge` is 0, and else 0',
      },
    ),
    scheduling: scheduling({ spread: true }),
    disruption: disruption(),
    podLabels: labels('Further labels of the pods.', { removable: true }),
    podAnnotations: annotations('Further annotations of the pods.', { removable: true }),
  },
);

/** The pools that the chart knows without being told. */
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

/** Definition of one entry of `workers.pools`: the shape of the defaults, every leaf optional. */
export const poolDefinition: Schema = {
  ...override(defaults),
  title: 'Pool',
  description: 'One worker pool; absent leaves inherit `workers.defaults`.',
};

/** The worker pools. */
export const workersSection: Schema = object('Celery workers.', {
  defaults,
  profiles: map(
    'Kinds of hardware by name, for `profile` of a pool. Order of inheritance: `workers.defaults`, profile, pool.',
    ref('profile'),
    { default: profiles, keys: `^${keyForm}$` },
  ),
  pools: map(
    'Worker pools by name: `cpu` makes the Deployment `audio-worker`, any other `audio-<name>-worker`.',
    ref('pool'),
    { default: pools, keys: `^${keyForm}$` },
  ),
});
