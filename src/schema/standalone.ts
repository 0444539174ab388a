import { resources, scheduling } from './fragments.ts';
import { image } from './image.ts';
import { object, ref, type Schema } from './kit.ts';
import { describeProbe, type ProbeTimings, timings } from './probes.ts';

/** Shapes of what no other value overrides: once in the schema, where those of a pool appear without defaults too. */
export const standaloneDefinitions = {
  image: { ...image('this component', { registry: '', repository: 'image', tag: 'none' }), title: 'Image' },
  resources: { ...resources({}, {}), title: 'Resources' },
  scheduling: { ...scheduling({ spread: false }), title: 'Scheduling' },
  probe: {
    ...object('Timings of a probe.', timings({ period: '10s', timeout: '5s', failures: 3 })),
    title: 'Probe',
  },
} as const satisfies Readonly<Record<string, Schema>>;

/** Resources of a container, by reference to their shape. */
export function standaloneResources(
  requests: Readonly<Record<string, string>>,
  limits: Readonly<Record<string, string>>,
): Schema {
  return ref('resources', 'Compute resources of the container (`resources`).', { requests, limits });
}

/**
 * An image that no component overrides.
 * @param name with registry, repository and tag, as `versions.json` has it
 */
export function standaloneImage(what: string, name: string): Schema {
  const [path = '', tag = ''] = name.split(':');
  const slash = path.indexOf('/');
  return ref('image', `Image of ${what} (\`image\`).`, {
    registry: path.slice(0, slash),
    repository: path.slice(slash + 1),
    tag,
  });
}

/** Where the one pod of a workload may run. */
export function standaloneScheduling(): Schema {
  return ref('scheduling', 'Where the pod may run.');
}

/** A probe with timings alone, by reference to their shape. */
export function standaloneProbe(
  kind: 'startup' | 'readiness' | 'liveness',
  purpose: string,
  value: ProbeTimings,
): Schema {
  return ref('probe', describeProbe(kind, purpose, Object.keys(value)), { ...value });
}
