import { image, type ProbeTimings, resources, scheduling, timings } from './fragments.ts';
import { object, ref, type Schema } from './kit.ts';

/** Shapes of parts that nothing inherits from: once in the schema, where a pool's have to be without defaults. */
export const standaloneDefinitions = {
  image: { ...image('this part', { registry: '', repository: 'image', tag: 'none' }), title: 'Image' },
  resources: { ...resources({}, {}), title: 'Resources' },
  scheduling: { ...scheduling({ spread: false }), title: 'Scheduling' },
  probe: {
    ...object('Timings of a probe.', timings({ period: '10s', timeout: '5s', failures: 3 })),
    title: 'Probe',
  },
} as const satisfies Readonly<Record<string, Schema>>;

/** Resources of a part that nothing inherits from: their shape is once in the schema. */
export function standaloneResources(
  requests: Readonly<Record<string, string>>,
  limits: Readonly<Record<string, string>>,
): Schema {
  return ref('resources', 'Compute resources of the container.', { requests, limits });
}

/**
 * An image of its own, of which nothing inherits.
 * @param name with registry, repository and tag, as `versions.json` has it
 */
export function standaloneImage(what: string, name: string): Schema {
  const [path = '', tag = ''] = name.split(':');
  const slash = path.indexOf('/');
  return ref('image', `Image of ${what}.`, {
    registry: path.slice(0, slash),
    repository: path.slice(slash + 1),
    tag,
  });
}

/** Where the one pod of a workload may run. */
export function standaloneScheduling(): Schema {
  return ref('scheduling', 'Where the pod may run.');
}

/** A probe of a part that nothing inherits from: once in the schema, where a pool's have to be without defaults. */
export function standaloneProbe(description: string, value: ProbeTimings): Schema {
  return ref('probe', description, { ...value });
}
