import {
  annotations,
  command,
  duration,
  env,
  imageOverride,
  labels,
  optionalDuration,
  probe,
  resources,
  scaling,
  scheduling,
  storage,
  strategy,
} from './fragments.ts';
import { boolean, inherited, integer, map, object, type Schema, string } from './kit.ts';

const queue = object('Nothing to set: the name of the queue is the key.', {});

/** Everything that a pool may say, with what it inherits. Durations that depend on the task limit are derived. */
const defaults: Schema = object(
  'What every pool inherits. A pool overrides any leaf; null removes an inherited entry.',
  {
    enabled: boolean('Whether the pool exists.', true),
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
    softLimitMargin: duration('How long before the hard limit the task is told to stop.', '5m'),
    maxTasksPerChild: integer('Tasks after which a process is replaced by a fresh one.', 100, { minimum: 1 }),
    visibilityTimeout: optionalDuration(
      'Age at which an unacknowledged task goes back to its queue; empty derives 1.5 × the task limit, at least the limit + 10m.',
    ),
    drain: object('What happens to running tasks when a pod has to go.', {
      mode: string(
        '`finish`: they may run to their limit. `requeue`: they have `within`, then they go back to their queue at once.',
        'finish',
        { enum: ['finish', 'requeue'] },
      ),
      within: optionalDuration('`requeue` only: time that running tasks get to finish; empty takes 5m.'),
    }),
    logLevel: string('Log level of the worker.', 'info', {
      enum: ['debug', 'info', 'warning', 'error', 'critical'],
    }),
    env: env('Further environment variables of the worker; they win over `app.env`.', { removable: true }),
    scaling: scaling(2),
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
    strategy: strategy({ maxSurge: '25%', maxUnavailable: 0 }),
    scheduling: scheduling({ spread: true }),
    podLabels: labels('Further labels of the pods.', { removable: true }),
    podAnnotations: annotations('Further annotations of the pods.', { removable: true }),
  },
);

/** Definition of one entry of `workers.pools`: the shape of the defaults, every leaf optional. */
export const poolDefinition: Schema = {
  ...inherited(defaults),
  title: 'Pool',
  description: 'One worker pool; absent leaves inherit `workers.defaults`.',
};

/** The worker pools. */
export const workersSection: Schema = object('Celery workers.', {
  defaults,
  pools: map(
    'Worker pools by name: `cpu` makes the Deployment `audio-worker`, any other `audio-<name>-worker`.',
    { allOf: [{ $ref: '#/definitions/pool' }] },
    {
      default: { cpu: { queues: { audio_queue: {}, system_queue: {}, celery: {} } } },
      keys: '^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$',
    },
  ),
});
