import { duration, podAmount } from './fragments.ts';
import { boolean, INT32, integer, object, type Schema, string } from './kit.ts';

/** Rate of change in one direction: in each period at most this share of the pods, or this many, whichever is more. */
interface Rate {
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
  readonly scaleDown: Rate;
  readonly scaleUp: Rate;
}

/** A whole number, or "" for the one that the description names. */
function derivedInteger(description: string, minimum: number): Schema {
  return { type: ['integer', 'string'], description, default: '', minimum, maximum: INT32, pattern: '^$' };
}

function rate(direction: 'scaleDown' | 'scaleUp', value: Rate): Schema {
  const fields =
    '`window` is `stabilizationWindowSeconds`; in each `period` (`periodSeconds`) at most `percent` % of the pods or `pods` may change, whichever is more';
  return object(`Autoscaling behavior (\`behavior.${direction}\`): ${fields}.`, {
    window: duration(
      'Stabilization window (`stabilizationWindowSeconds`), at most 1h; `0s` disables it.',
      value.window,
    ),
    percent: integer(
      'Percentage of the pods that may change in one period (`policies`, type `Percent`); 0 for no such policy.',
      value.percent,
      { minimum: 0 },
    ),
    pods: integer(
      'Pods that may change in one period (`policies`, type `Pods`); 0 for no such policy, both 0 for `selectPolicy: Disabled`.',
      value.pods,
      { minimum: 0 },
    ),
    period: duration('Period of the policies (`periodSeconds`), at most 30m.', value.period),
  });
}

const engines = {
  fixed: '`fixed`: `replicas` as set here.',
  manual: '`manual`: the chart never renders `replicas`, so that `kubectl scale` decides.',
  hpa: "`hpa`: a HorizontalPodAutoscaler on the container's CPU.",
  keda: '`keda`: a ScaledObject of KEDA on queued and running tasks; only this one scales to zero.',
} as const;

function scaling(
  names: readonly (keyof typeof engines)[],
  value: ScalingDefaults,
  more: Readonly<Record<string, Schema>>,
): Schema {
  return object('Number of pods, and what controls it.', {
    engine: string(`${names.map((name) => engines[name]).join(' ')}`, 'fixed', { enum: names }),
    replicas: derivedInteger('Pods of the engine `fixed` (`replicas`); empty takes `min`.', 0),
    min: integer('Minimum replicas when autoscaling (`minReplicas`, `minReplicaCount`).', value.min, {
      minimum: 0,
    }),
    max: integer('Maximum replicas when autoscaling (`maxReplicas`, `maxReplicaCount`).', value.max, {
      minimum: 1,
    }),
    scaleDown: rate('scaleDown', value.scaleDown),
    scaleUp: rate('scaleUp', value.scaleUp),
    hpa: object(
      'Targets of the engine `hpa`, in percent of the requests of the main container (`containerResource`); sidecars do not count.',
      {
        cpu: integer('Target CPU utilization (`averageUtilization`); 0 for none.', value.cpu, { minimum: 0 }),
        memory: integer(
          'Target memory utilization (`averageUtilization`); 0 for none. Python rarely returns memory, so such a target rarely scales down.',
          0,
          { minimum: 0 },
        ),
      },
    ),
    ...more,
  });
}

/** Scaling of the API: it consumes no queue, so KEDA has nothing to count. Numbers as it ran before this chart. */
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
      keda: object('The engine `keda`, which counts queued and running tasks (`ScaledObject`).', {
        target: derivedInteger(
          "Tasks per pod (`scalingModifiers.target`); empty takes the pool's `concurrency`.",
          1,
        ),
        pollingInterval: duration(
          'Interval at which KEDA polls the broker for activity (`pollingInterval`).',
          '15s',
        ),
        cooldown: duration(
          'With `min: 0`: time without tasks before KEDA scales to zero (`cooldownPeriod`, `initialCooldownPeriod`).',
          '5m',
        ),
        fallback: object(
          'Replicas while KEDA cannot read the broker (`fallback`); it never scales down then.',
          {
            failures: integer(
              'Consecutive failed polls before the fallback applies (`fallback.failureThreshold`).',
              3,
              { minimum: 1 },
            ),
            replicas: integer(
              'Minimum replicas of the fallback, even of a pool at 0 (`fallback.replicas`); 0 keeps the current replicas.',
              1,
              { minimum: 0 },
            ),
          },
        ),
      }),
    },
  );
}

/** Overrides of the GPU pool. Numbers as the GPU workers ran before this chart. */
export const gpuScaling = {
  min: 1,
  max: 5,
  hpa: { cpu: 75 },
  scaleDown: { window: '900s', percent: 50, period: '300s' },
  scaleUp: { window: '300s', percent: 100, pods: 1, period: '300s' },
} as const;

/** PodDisruptionBudget of a workload. */
export function disruption(): Schema {
  return object(
    'PodDisruptionBudget: how many pods a node drain may evict at once. A single fixed replica has none.',
    {
      enabled: boolean('Create the PodDisruptionBudget.', true),
      maxUnavailable: podAmount(
        'Pods that may be unavailable at once (`maxUnavailable`): a number or a percentage; 0 would block every node drain.',
        1,
        '^(100|[1-9]?[0-9])%$',
      ),
      unhealthyPodEvictionPolicy: string(
        'Eviction of pods that are not Ready (`unhealthyPodEvictionPolicy`): `AlwaysAllow` never blocks a drain, `IfHealthyBudget` only evicts them within the budget.',
        'AlwaysAllow',
        { enum: ['AlwaysAllow', 'IfHealthyBudget'] },
      ),
    },
  );
}
