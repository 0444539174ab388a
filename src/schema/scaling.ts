import { duration, podAmount } from './fragments.ts';
import { boolean, INT32, integer, object, type Schema, string } from './kit.ts';

/** How far one direction may go: at most this share, or this many pods, in each period; whichever is more. */
interface Pace {
  readonly window: string;
  readonly percent: number;
  readonly pods: number;
  readonly period: string;
}

/** Numbers of one workload's autoscaling. */
interface ScalingDefaults {
  readonly min: number;
  readonly max: number;
  /** Percent of the requested CPU. */
  readonly cpu: number;
  readonly scaleDown: Pace;
  readonly scaleUp: Pace;
}

/** A whole number, or "" for the one that the description names. */
function derivedInteger(description: string, minimum: number): Schema {
  return { type: ['integer', 'string'], description, default: '', minimum, maximum: INT32, pattern: '^$' };
}

function pace(description: string, value: Pace): Schema {
  return object(description, {
    window: duration(
      'Time over which the gentlest recommendation counts; at most 1h. 0s follows at once.',
      value.window,
    ),
    percent: integer('Share of the pods that may change in one period; 0 for none by share.', value.percent, {
      minimum: 0,
    }),
    pods: integer(
      'Pods that may change in one period; the larger of the two counts. Both 0: never in this direction.',
      value.pods,
      { minimum: 0 },
    ),
    period: duration('Length of the period; at most 30m.', value.period),
  });
}

const engines = {
  fixed: '`fixed`: `replicas` as written here.',
  manual: '`manual`: the chart never renders `replicas`, so that `kubectl scale` rules.',
  hpa: "`hpa`: a HorizontalPodAutoscaler, on the container's CPU.",
  keda: '`keda`: KEDA, on queued and running tasks; alone reaches zero.',
} as const;

function scaling(
  names: readonly (keyof typeof engines)[],
  value: ScalingDefaults,
  more: Readonly<Record<string, Schema>>,
): Schema {
  return object('How many pods run, and who decides it.', {
    engine: string(`${names.map((name) => engines[name]).join(' ')}`, 'fixed', { enum: names }),
    replicas: derivedInteger('Pods under the engine `fixed`; empty takes `min`.', 0),
    min: integer('Least pods under an autoscaler.', value.min, { minimum: 0 }),
    max: integer('Most pods under an autoscaler.', value.max, { minimum: 1 }),
    scaleDown: pace('How fast an autoscaler removes pods.', value.scaleDown),
    scaleUp: pace('How fast an autoscaler adds pods.', value.scaleUp),
    hpa: object(
      'Targets of the engine `hpa`, in percent of what the container requests; what sidecars use does not count.',
      {
        cpu: integer('CPU; 0 for none.', value.cpu, { minimum: 0 }),
        memory: integer(
          'Memory; 0 for none. Python gives memory back late or never, so it rarely scales down again.',
          0,
          { minimum: 0 },
        ),
      },
    ),
    ...more,
  });
}

/** Scaling of the API: no queue is its own, so KEDA has nothing to count. Numbers as it ran before this chart. */
export function apiScaling(): Schema {
  return scaling(
    ['fixed', 'manual', 'hpa'],
    {
      min: 2,
      max: 10,
      cpu: 70,
      scaleDown: { window: '300s', percent: 10, pods: 0, period: '60s' },
      scaleUp: { window: '60s', percent: 50, pods: 2, period: '60s' },
    },
    {},
  );
}

/** Scaling of a pool. Numbers as the CPU workers ran before this chart. */
export function poolScaling(): Schema {
  return scaling(
    ['fixed', 'manual', 'hpa', 'keda'],
    {
      min: 2,
      max: 10,
      cpu: 80,
      scaleDown: { window: '600s', percent: 20, pods: 0, period: '120s' },
      scaleUp: { window: '120s', percent: 100, pods: 5, period: '120s' },
    },
    {
      keda: object('The engine `keda`: it counts what waits in the queues and what is running.', {
        target: derivedInteger("Tasks for each pod; empty takes the pool's `concurrency`.", 1),
        pollingInterval: duration(
          'Time between two looks at the broker while no pod runs, and for the activity of the pool.',
          '15s',
        ),
        cooldown: duration(
          'With `min: 0`: time without any task, or since KEDA took over, until the last pod goes.',
          '5m',
        ),
        fallback: object('While KEDA cannot read the broker; running pods are never taken away then.', {
          failures: integer('Failed looks in a row until this holds.', 3, { minimum: 1 }),
          replicas: integer(
            'Pods that run at least, even in a pool at 0; 0 keeps exactly those that run.',
            1,
            { minimum: 0 },
          ),
        }),
      }),
    },
  );
}

/** What the GPU pool says instead. Numbers as the GPU workers ran before this chart. */
export const gpuScaling = {
  min: 1,
  max: 5,
  hpa: { cpu: 75 },
  scaleDown: { window: '900s', percent: 50, period: '300s' },
  scaleUp: { window: '300s', percent: 100, pods: 1, period: '300s' },
} as const;

/** How many pods a drain of nodes may take at once. */
export function disruption(): Schema {
  return object(
    'PodDisruptionBudget: how many pods a drain of nodes may take at once. None is made for a single fixed replica.',
    {
      enabled: boolean('Whether there is one.', true),
      maxUnavailable: podAmount(
        'Pods that may be missing at once: a number or a percentage, above 0, or no node could ever be drained.',
        1,
        '^(100|[1-9]?[0-9])%$',
      ),
      unhealthyPodEvictionPolicy: string(
        '`AlwaysAllow`: a pod that is not Ready never holds up a drain. `IfHealthyBudget`: it counts like the others.',
        'AlwaysAllow',
        { enum: ['AlwaysAllow', 'IfHealthyBudget'] },
      ),
    },
  );
}
