import type { Manifest } from '../../../src/chart/helm.ts';
import type { Container, PodSpec } from '../support.ts';

/** Any container: of a workload, an init container, a sidecar or of a Job; only the first kind has all probes. */
export type Part = Omit<Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'> &
  Partial<Pick<Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'>> & {
    readonly imagePullPolicy?: string;
    readonly restartPolicy?: string;
  };

/** A pod that some object makes. */
export interface OwnedPod {
  /** `Deployment/audio-worker`. */
  readonly owner: string;
  /** Whether it ends by itself, as the pod of a Job does. */
  readonly endsByItself: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
  /** Containers that run as long as the pod does, sidecars among them. */
  readonly lasting: readonly Part[];
  /** All of them, init containers as well. */
  readonly containers: readonly Part[];
}

interface Template {
  readonly metadata?: Partial<Pick<OwnedPod, 'labels' | 'annotations'>>;
  readonly spec: PodSpec & { readonly initContainers?: readonly Part[] };
}

/** `Kind/name` of an object. */
export function titleOf({ kind, metadata }: Pick<Manifest, 'kind' | 'metadata'>): string {
  return `${kind}/${metadata.name}`;
}

/** Every pod that the objects make, whatever their kind: each `template` with containers is one. */
export function podsOf(objects: readonly Manifest[]): readonly OwnedPod[] {
  return objects.flatMap((object) =>
    [...nodesUnder(object)].flatMap(({ key, value }) => {
      if (key !== 'template' || !isMap(value) || !isMap(value.spec) || !('containers' in value.spec))
        return [];
      const { metadata = {}, spec } = value as unknown as Template;
      const init = spec.initContainers ?? [];
      return [
        {
          owner: titleOf(object),
          endsByItself: object.kind === 'Job' || object.kind === 'CronJob',
          labels: metadata.labels ?? {},
          annotations: metadata.annotations ?? {},
          spec,
          lasting: [...init.filter(({ restartPolicy }) => restartPolicy === 'Always'), ...spec.containers],
          containers: [...init, ...spec.containers],
        },
      ];
    }),
  );
}

/** What chooses pods by their labels. */
export interface Selector {
  /** `PodDisruptionBudget/audio-worker`. */
  readonly owner: string;
  readonly kind: string;
  readonly matchLabels: Readonly<Record<string, string>>;
}

/** The selector of every workload, Service, budget and PodMonitor. A Job's is made by its controller. */
export function selectorsOf(objects: readonly Manifest[]): readonly Selector[] {
  return objects.flatMap((object) => {
    const { selector, namespaceSelector } = (object.spec ?? {}) as Readonly<
      Record<string, Readonly<Record<string, unknown>> | undefined>
    >;
    // A selector with another namespace selects pods of others.
    if (selector === undefined || namespaceSelector !== undefined) return [];
    const matchLabels = object.kind === 'Service' ? selector : selector.matchLabels;
    if (!isMap(matchLabels)) throw new Error(`${titleOf(object)} selects by something else than matchLabels`);
    return [
      { owner: titleOf(object), kind: object.kind, matchLabels: matchLabels as Record<string, string> },
    ];
  });
}

/** A node of a tree with its key; an entry of a list has the list's key. */
export interface TreeNode {
  readonly key: string;
  readonly value: unknown;
  /** The map that holds it. */
  readonly holder: Readonly<Record<string, unknown>>;
}

/** Every entry of every map below a value. */
export function* nodesUnder(value: unknown): Generator<TreeNode> {
  if (Array.isArray(value)) {
    for (const entry of value) yield* nodesUnder(entry);
  } else if (isMap(value)) {
    for (const [key, below] of Object.entries(value)) {
      yield { key, value: below, holder: value };
      yield* nodesUnder(below);
    }
  }
}

/** Whether a value is a map, and not a list or null. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
