import { image, type ProbeTimings, resources, scheduling, timings } from './fragments.ts';
import { object, type Schema, use } from './kit.ts';

/** Shapes of parts that nothing inherits from: once in the schema, where a pool's have to be without defaults. */
export const ownDefinitions = {
  image: { ...image('this part', { registry: '', repository: 'image', tag: 'none' }), title: 'Image' },
  resources: { ...resources({}, {}), title: 'Resources' },
  place: { ...scheduling({ spread: false }), title: 'Place' },
  probe: {
    ...object('Timings of a probe.', timings({ period: '10s', timeout: '5s', failures: 3 })),
    title: 'Probe',
  },
} as const satisfies Readonly<Record<string, Schema>>;

/** Resources of a part that nothing inherits from: their shape is once in the schema. */
export function ownResources(
  requests: Readonly<Record<string, string>>,
  limits: Readonly<Record<string, string>>,
): Schema {
  return use('resources', 'Compute resources of the container.', { requests, limits });
}

/**
 * An image of its own, of which nothing inherits.
 * @param name with registry, repository and tag, as `versions.json` has it
 */
export function ownImage(what: string, name: string): Schema {
  const [path = '', tag = ''] = name.split(':');
  const slash = path.indexOf('/');
  return use('image', `Image of ${what}.`, {
    registry: path.slice(0, slash),
    repository: path.slice(slash + 1),
    tag,
  });
}

/** Where the one pod of a workload may run. */
export function place(): Schema {
  return use('place', 'Where the pod may run.');
}

/** A probe of a part that nothing inherits from: once in the schema, where a pool's have to be without defaults. */
export function ownProbe(description: string, value: ProbeTimings): Schema {
  return use('probe', description, { ...value });
}
