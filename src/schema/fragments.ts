import {
  definition,
  INT32,
  integer,
  type Json,
  list,
  map,
  object,
  passthrough,
  ref,
  type Schema,
  string,
} from './kit.ts';

/**
 * Shapes that several sections share. Patterns avoid lookaround, which Go's `regexp` lacks, and long bounded repetitions,
 * which it unrolls each time Helm reads the schema: `maxLength` bounds a text instead. A shape of many places is a
 * definition, which Helm compiles once.
 */

// At most 99999 hours, so that the seconds fit Kubernetes' 32-bit fields.
const durationForm = '([0-9]{1,5}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?';
const nameForm = '[a-z0-9]([-a-z0-9.]*[a-z0-9])?';
const quantityForm = '[0-9]+([.][0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?';

const text: Schema = { type: 'string' };
const removableText: Schema = { type: ['string', 'null'] };
const labelValue: Schema = { pattern: '^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$', maxLength: 63 };
const variableNames = '^[A-Za-z_][A-Za-z0-9_]*$';

const scalars = {
  duration: {
    title: 'Duration',
    description: 'Hours, minutes and seconds in this order, e.g. 1h30m, 15m, 90s.',
    type: 'string',
    pattern: `^${durationForm}$`,
    minLength: 1,
  },
  optionalDuration: {
    title: 'OptionalDuration',
    description: 'A duration, or an empty string for the value that the chart derives.',
    type: 'string',
    pattern: `^${durationForm}$`,
  },
  quantity: {
    title: 'Quantity',
    description: 'A Kubernetes quantity without exponent, e.g. 500m, 2Gi, 1.5, 2.',
    type: ['string', 'number'],
    pattern: `^${quantityForm}$`,
    minimum: 0,
  },
  optionalQuantity: {
    title: 'OptionalQuantity',
    description: 'A quantity, or an empty string for none.',
    type: ['string', 'number'],
    pattern: `^(${quantityForm})?$`,
    minimum: 0,
  },
  quantityOrNothing: {
    title: 'QuantityOrNothing',
    description: 'A quantity; null removes the inherited one.',
    type: ['string', 'number', 'null'],
    pattern: `^${quantityForm}$`,
    minimum: 0,
  },
  resourceAmounts: {
    title: 'ResourceAmounts',
    description: 'Quantities by resource name; null removes an inherited one.',
    type: 'object',
    additionalProperties: ref('quantityOrNothing'),
    propertyNames: { pattern: '^([a-z0-9.-]+/)?[A-Za-z0-9][A-Za-z0-9._-]*$' },
  },
  qualifiedName: {
    title: 'QualifiedName',
    description:
      'Key of a label or an annotation: a name of at most 63 characters, with a DNS prefix before a `/` or without.',
    type: 'string',
    pattern: '^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$',
    maxLength: 317,
  },
  objectName: {
    title: 'ObjectName',
    description: 'Name of a Kubernetes object, e.g. my-object, or an empty string for none.',
    type: 'string',
    pattern: `^(${nameForm})?$`,
    maxLength: 253,
  },
} as const satisfies Readonly<Record<string, Schema>>;

/** Named shapes that `ref` refers to. */
export const fragmentDefinitions = {
  ...scalars,
  labels: definition('Labels', labelMap(text)),
  removableLabels: definition('RemovableLabels', labelMap(removableText)),
  annotations: definition('Annotations', map('By key.', text, { keys: ref('qualifiedName') })),
  removableAnnotations: definition(
    'RemovableAnnotations',
    map('By key; null removes an inherited one.', removableText, { keys: ref('qualifiedName') }),
  ),
  env: definition('Env', map('By name.', text, { keys: variableNames })),
  removableEnv: definition(
    'RemovableEnv',
    map('By name; null removes an inherited one.', removableText, { keys: variableNames }),
  ),
  pullSecrets: definition(
    'PullSecrets',
    map('By name.', object('Empty: the name is the key.', {}), { keys: `^${nameForm}$` }),
  ),
  queues: definition(
    'Queues',
    map(
      'By name; null removes an inherited one.',
      { ...object('Empty: the key is the name of the queue.', {}), type: ['object', 'null'] },
      { keys: { pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]*$', maxLength: 128 } },
    ),
  ),
} as const satisfies Readonly<Record<string, Schema>>;

function labelMap(value: Schema): Schema {
  return map('By key.', { ...value, ...labelValue }, { keys: ref('qualifiedName') });
}

/** A duration such as `1h30m`. */
export function duration(description: string, value: string): Schema {
  return ref('duration', description, value);
}

/** A duration, or "" for the value that the chart derives (the description explains how). */
export function optionalDuration(description: string, value = ''): Schema {
  return ref('optionalDuration', description, value);
}

/** A Kubernetes quantity such as `2Gi`. */
export function quantity(description: string, value: string): Schema {
  return ref('quantity', description, value);
}

/** A quantity such as `1Gi`, or "" for none. */
export function optionalQuantity(description: string, value = ''): Schema {
  return ref('optionalQuantity', description, value);
}

/** Whether an entry may be null, which removes the one that a pool inherits. */
interface Removable {
  readonly removable?: boolean;
}

/** Environment variables by name; the values are plain text, so secrets do not belong here. */
export function env(description: string, { removable = false }: Removable = {}): Schema {
  return ref(removable ? 'removableEnv' : 'env', description, {});
}

/** Name of an object that the chart refers to, or "" for none. */
export function objectName(description: string, value = ''): Schema {
  return ref('objectName', description, value);
}

/** Names of Secrets with credentials of registries. */
export function pullSecrets(description: string): Schema {
  return ref('pullSecrets', description, {});
}

/** Queues of Celery by name. */
export function queues(description: string, value: Readonly<Record<string, Json>> = {}): Schema {
  return ref('queues', description, value);
}

/** Labels by key. */
export function labels(
  description: string,
  { removable = false }: Removable = {},
  value: Readonly<Record<string, string>> = {},
): Schema {
  return ref(removable ? 'removableLabels' : 'labels', description, value);
}

/** Annotations by key. */
export function annotations(description: string, { removable = false }: Removable = {}): Schema {
  return ref(removable ? 'removableAnnotations' : 'annotations', description, {});
}

/** Requests and limits by resource name, so that an overlay can change or remove one. */
export function resources(
  requests: Readonly<Record<string, string>>,
  limits: Readonly<Record<string, string>>,
): Schema {
  return object('Compute resources of the container (`resources`).', {
    requests: ref('resourceAmounts', 'Resource requests by resource name (`resources.requests`).', requests),
    limits: ref('resourceAmounts', 'Resource limits by resource name (`resources.limits`).', limits),
  });
}

/** Pods as a number or a percentage; the pattern is that of the text. */
export function podAmount(description: string, value: string | number, pattern: string): Schema {
  return { type: ['string', 'integer'], description, default: value, pattern, minimum: 0, maximum: INT32 };
}

/**
 * How a Deployment replaces its pods. Where the chart can choose, `derived` describes how, and an empty string leaves it to the chart.
 */
export function strategy(
  value: { readonly maxSurge: string; readonly maxUnavailable: string | number },
  derived?: { readonly maxSurge: string; readonly maxUnavailable: string },
): Schema {
  const amount = (key: 'maxSurge' | 'maxUnavailable', where: string, percent: string): Schema =>
    podAmount(
      `Pods ${where} the desired number during a rolling update (\`${key}\`): a number or a percentage${derived === undefined ? '' : `; ${derived[key]}`}.`,
      value[key],
      derived === undefined ? `^(${percent})%$` : `^((${percent})%)?$`,
    );
  return object('How a rollout replaces the pods (`strategy`).', {
    type: string(
      'Rollout strategy (`strategy.type`): `RollingUpdate`, or `Recreate` where old and new pods must not run together.',
      'RollingUpdate',
      { enum: ['RollingUpdate', 'Recreate'] },
    ),
    maxSurge: amount('maxSurge', 'above', '0|[1-9][0-9]{0,3}'),
    maxUnavailable: amount('maxUnavailable', 'below', '100|[1-9]?[0-9]'),
  });
}

/** Where pods may run. Lists of Kubernetes are maps here, so that an overlay can extend them; the keys are free names. */
export function scheduling(options: { readonly spread: boolean }): Schema {
  const spread = {
    hostname: { maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
  };
  return object('Where the pods may run.', {
    nodeSelector: labels('Labels that a node must have (`nodeSelector`).', { removable: true }),
    tolerations: map('Tolerations of node taints (`tolerations`), by a name of your choice.', {
      type: ['object', 'null'],
      'x-kubernetes-type': 'io.k8s.api.core.v1.Toleration',
    }),
    ...(options.spread ? { antiAffinity: antiAffinity() } : {}),
    affinity: passthrough('Affinity of the pods (`affinity`).', 'io.k8s.api.core.v1.Affinity'),
    topologySpreadConstraints: map(
      'Topology spread constraints (`topologySpreadConstraints`), by a name of your choice; an absent `labelSelector` selects the pods of the workload.',
      { type: ['object', 'null'], 'x-kubernetes-type': 'io.k8s.api.core.v1.TopologySpreadConstraint' },
      { default: options.spread ? spread : {} },
    ),
    priorityClassName: objectName(
      'PriorityClass of the pods (`priorityClassName`); empty for the cluster default.',
    ),
  });
}

function antiAffinity(): Schema {
  return object(
    'Preferred anti-affinity to pods of the same workload (`podAntiAffinity`), added to `affinity`.',
    {
      weight: integer('Weight among the other preferences (`weight`); 0 disables it.', 100, {
        minimum: 0,
        maximum: 100,
      }),
      topologyKey: ref(
        'qualifiedName',
        'Node label whose values are the topology domains (`topologyKey`).',
        'kubernetes.io/hostname',
      ),
    },
  );
}

/** A command in exec form; empty takes the one that the chart builds. */
export function command(what: string): Schema {
  return list(`Command of ${what} in exec form (\`command\`); empty takes the one that the chart builds.`, {
    type: 'string',
  });
}

/** Sizes of the writable directories; everything else of the root file system is read-only. */
export function storage(value: {
  readonly work: string;
  readonly tmp: string;
  readonly cache: string;
}): Schema {
  return object('Size limits of the writable directories; a pod that exceeds one is evicted.', {
    work: quantity(
      'Size limit of `/work`, where the application writes its artifacts (`emptyDir.sizeLimit`).',
      value.work,
    ),
    tmp: quantity(
      'Size limit of `/tmp`, for downloads and extraction (`emptyDir.sizeLimit`): the largest file times the concurrency.',
      value.tmp,
    ),
    cache: quantity(
      'Size limit of `/cache`, for models: HF_HOME, TORCH_HOME and others (`emptyDir.sizeLimit`).',
      value.cache,
    ),
  });
}
