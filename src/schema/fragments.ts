import { INT32, integer, list, map, object, override, passthrough, ref, type Schema, string } from './kit.ts';

/**
 * Shapes that several sections share. Patterns avoid look-around: Helm checks them with Go's `regexp`.
 */

// At most 99999 hours, so that the seconds fit Kubernetes' 32-bit fields.
const durationForm = '[0-9]{1,5}h([0-9]{1,6}m)?([0-9]{1,6}s)?|[0-9]{1,6}m([0-9]{1,6}s)?|[0-9]{1,6}s';
const nameForm = '[a-z0-9]([-a-z0-9.]*[a-z0-9])?';
const labelText = '[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?';
const tagForm = '[A-Za-z0-9_][A-Za-z0-9._-]{0,127}';
const quantityForm = '[0-9]+(\\.[0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?';

/** Named shapes that `ref` refers to. */
export const fragmentDefinitions = {
  duration: {
    title: 'Duration',
    description: 'Hours, minutes and seconds in this order, e.g. 1h30m, 15m, 90s.',
    type: 'string',
    pattern: `^(${durationForm})$`,
  },
  optionalDuration: {
    title: 'OptionalDuration',
    description: 'A duration, or an empty string for the value that the chart derives.',
    type: 'string',
    pattern: `^(${durationForm})?$`,
  },
  quantity: {
    title: 'Quantity',
    description: 'A Kubernetes quantity without exponent, e.g. 500m, 2Gi, 1.5, 2.',
    type: ['string', 'number'],
    pattern: `^(${quantityForm})$`,
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
    pattern: `^(${quantityForm})$`,
    minimum: 0,
  },
  // By reference only: Go's `regexp` unrolls {0,251}, and at each of its forty places that would be 1 ms of every Helm command.
  qualifiedName: {
    title: 'QualifiedName',
    description:
      'Key of a label or an annotation: a name of at most 63 characters, with a DNS prefix before a `/` or without.',
    type: 'string',
    pattern: `^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?${labelText}$`,
  },
} as const satisfies Readonly<Record<string, Schema>>;

/** A duration such as `1h30m`. */
export function duration(description: string, value: string): Schema {
  return ref('duration', description, value);
}

/** A duration, or "" for the value that the chart derives (the description says how). */
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
export function env(description: string, options: Removable = {}): Schema {
  return map(description, text(options), { keys: '^[A-Za-z_][A-Za-z0-9_]*$' });
}

/** Name of an object that the chart refers to, or "" for none. */
export function objectName(description: string, value = ''): Schema {
  return string(description, value, { pattern: `^(${nameForm})?$`, maxLength: 253 });
}

/** Names of Secrets with credentials of registries. */
export function pullSecrets(description: string): Schema {
  return map(description, object('Nothing to set: the name is the key.', {}), { keys: `^${nameForm}$` });
}

/** Labels by key. */
export function labels(
  description: string,
  options: Removable = {},
  value: Readonly<Record<string, string>> = {},
): Schema {
  const each = { ...text(options), pattern: `^(${labelText})?$` };
  return map(description, each, { default: value, keys: ref('qualifiedName') });
}

/** Annotations by key. */
export function annotations(description: string, options: Removable = {}): Schema {
  return map(description, text(options), { keys: ref('qualifiedName') });
}

function text(options: Removable): Schema {
  return { type: options.removable ? ['string', 'null'] : 'string' };
}

/** Where an image comes from. An empty tag takes the chart's appVersion. */
export function image(
  what: string,
  value: { readonly registry: string; readonly repository: string; readonly tag: string },
): Schema {
  return object(`Image of ${what}.`, {
    registry: string(
      'Registry host with an optional path; empty leaves it to the container runtime.',
      value.registry,
      {
        pattern: '^([A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]+)?(/[a-z0-9._-]+)*)?$',
        examples: ['registry.example.com'],
      },
    ),
    repository: string('Repository inside the registry.', value.repository, {
      pattern: '^[a-z0-9]+([._/-][a-z0-9]+)*$',
    }),
    tag: string(value.tag === '' ? "Tag; empty takes the chart's appVersion." : 'Tag.', value.tag, {
      pattern: value.tag === '' ? `^(${tagForm})?$` : `^${tagForm}$`,
    }),
    digest: string('Digest that pins the image; the tag stays visible beside it.', '', {
      pattern: '^(sha256:[0-9a-f]{64})?$',
    }),
    pullPolicy: string('When the node pulls the image.', 'IfNotPresent', {
      enum: ['IfNotPresent', 'Always', 'Never'],
    }),
  });
}

/** A component's differences from the root `image`: absent keys inherit; a new tag or repository drops an inherited digest. */
export function imageOverride(): Schema {
  return {
    ...override(image('this component', { registry: '', repository: 'audio-processor', tag: '' })),
    description: 'Differences from the root `image`; absent keys inherit it.',
    default: {},
  };
}

/** Requests and limits by resource name, so that an overlay can change or remove one. */
export function resources(
  requests: Readonly<Record<string, string>>,
  limits: Readonly<Record<string, string>>,
): Schema {
  const entry = ref('quantityOrNothing');
  const keys = '^([a-z0-9.-]+/)?[A-Za-z0-9][A-Za-z0-9._-]*$';
  return object('Compute resources of the container.', {
    requests: map('What the scheduler reserves, by resource name.', entry, { default: requests, keys }),
    limits: map('What the container may not exceed, by resource name.', entry, { default: limits, keys }),
  });
}

/** Pods as a number or a percentage; the pattern is that of the text. */
export function podAmount(description: string, value: string | number, pattern: string): Schema {
  return { type: ['string', 'integer'], description, default: value, pattern, minimum: 0, maximum: INT32 };
}

/**
 * How a Deployment replaces its pods. Where `derived` says how the chart chooses, an empty string leaves it to that.
 */
export function strategy(
  value: { readonly maxSurge: string; readonly maxUnavailable: string | number },
  derived?: { readonly maxSurge: string; readonly maxUnavailable: string },
): Schema {
  const amount = (key: 'maxSurge' | 'maxUnavailable', description: string, percent: string): Schema =>
    podAmount(
      `${description} during a rolling update: a number or a percentage${derived === undefined ? '' : `; ${derived[key]}`}.`,
      value[key],
      derived === undefined ? `^(${percent})%$` : `^((${percent})%)?$`,
    );
  return object('How a rollout replaces pods.', {
    type: string(
      '`RollingUpdate`, or `Recreate` where two generations may not run together.',
      'RollingUpdate',
      {
        enum: ['RollingUpdate', 'Recreate'],
      },
    ),
    maxSurge: amount('maxSurge', 'Pods above the wanted number', '0|[1-9][0-9]{0,3}'),
    maxUnavailable: amount('maxUnavailable', 'Pods below the wanted number', '100|[1-9]?[0-9]'),
  });
}

/** Where pods may run. Lists of Kubernetes are maps here, so that an overlay can extend them; the keys are free names. */
export function scheduling(options: { readonly spread: boolean }): Schema {
  const spread = {
    hostname: { maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
  };
  return object('Where the pods may run.', {
    nodeSelector: labels('Labels that a node must carry.', { removable: true }),
    tolerations: map('Taints that the pods tolerate, by a free name.', {
      type: ['object', 'null'],
      'x-kubernetes-type': 'io.k8s.api.core.v1.Toleration',
    }),
    ...(options.spread ? { antiAffinity: antiAffinity() } : {}),
    affinity: passthrough('Affinity of the pods.', 'io.k8s.api.core.v1.Affinity'),
    topologySpreadConstraints: map(
      "Spread of the pods, by a free name; an absent `labelSelector` becomes the workload's own.",
      { type: ['object', 'null'], 'x-kubernetes-type': 'io.k8s.api.core.v1.TopologySpreadConstraint' },
      { default: options.spread ? spread : {} },
    ),
    priorityClassName: objectName('PriorityClass of the pods; empty for the cluster default.'),
  });
}

function antiAffinity(): Schema {
  return object('Preference for a place where no pod of the same workload runs; joins `affinity`.', {
    weight: integer('Weight beside other preferences; 0 for no preference.', 100, {
      minimum: 0,
      maximum: 100,
    }),
    topologyKey: ref('qualifiedName', 'Label of nodes that says what a place is.', 'kubernetes.io/hostname'),
  });
}

/** Timings of one probe. */
export interface ProbeTimings {
  readonly period: string;
  readonly timeout: string;
  readonly failures: number;
}

/** A probe with its timings, and what else this probe has. */
export function probe(
  description: string,
  value: ProbeTimings,
  more: Readonly<Record<string, Schema>> = {},
): Schema {
  return object(description, { ...more, ...timings(value) });
}

/** What every probe has. */
export function timings(value: ProbeTimings): Readonly<Record<string, Schema>> {
  return {
    period: duration('Time between two looks.', value.period),
    timeout: duration('Time that one look may take.', value.timeout),
    failures: integer('Failed looks in a row until the probe counts as failed.', value.failures, {
      minimum: 1,
    }),
  };
}

/** A command in exec form; empty takes the one that the chart builds. */
export function command(what: string): Schema {
  return list(`Command of ${what} in exec form, instead of the one that the chart builds.`, {
    type: 'string',
  });
}

/** Sizes of the writable directories; everything else of the root file system is read-only. */
export function storage(value: {
  readonly work: string;
  readonly tmp: string;
  readonly cache: string;
}): Schema {
  return object('Sizes of the writable directories (emptyDir); a pod that exceeds one is evicted.', {
    work: quantity('Working directory, where the application leaves its artifacts.', value.work),
    tmp: quantity('`/tmp`: downloads and extraction; the largest file times the concurrency.', value.tmp),
    cache: quantity('Model caches (HF_HOME, TORCH_HOME and others).', value.cache),
  });
}
