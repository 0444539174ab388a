import { expect } from 'vitest';
import { readManifests, renderText } from '../../src/chart/helm.ts';
import { mergeValues } from '../../src/values/merge.ts';
import { type Mutation, mutations } from './mutations.ts';
import { neighboursOf, type Section, sectionOf } from './sections.ts';

/** Leaves that change no object, and why that is right. */
const withoutEffect: Readonly<Record<string, string>> = {
  'prometheus.auth.external': 'allows a route, see monitoring-access.test.ts',
  'alertmanager.auth.external': 'the same',
  'routing.scheme': 'of the printed URLs only, see routing.test.ts; TLS is configured elsewhere',
};

/** Leaves outside `broker` that may change its pod: they are its names, and the Secret that it reads. */
const namesOfTheBroker = ['enabled', 'nameOverride', 'fullnameOverride', 'secrets.name'];

const all = mutations();
const paths = new Set(all.map(({ path }) => path));

/**
 * A leaf of `workers.defaults` or of a profile is what a pool's leaf is, by the invariants of
 * pools.inheritance.test.ts over each of them: only the pool's is rendered here.
 */
const isInherited = (path: string) =>
  path.startsWith('workers.profiles.nvidia.') ||
  (path.startsWith('workers.defaults.') &&
    paths.has(path.replace('workers.defaults.', 'workers.pools.cpu.')));

/** Every leaf of the schema that is rendered, with a change of it. */
export const leaves: readonly Mutation[] = all.filter(({ path }) => !isInherited(path));

/**
 * Renders with one leaf changed: it changes the render, of the components and alerts of its kind only its own, and the
 * broker's pod, whose restart makes tasks run twice, only where it belongs to the broker.
 */
export async function checkLeaf({ path, context, overlay }: Mutation): Promise<void> {
  const before = await renderText({ values: context });
  const after = await renderText({ values: mergeValues(context, [overlay]) });
  expect(before === after, `${path} leaves the render as it is`).toBe(withoutEffect[path] !== undefined);
  if (withoutEffect[path] !== undefined) return;
  const section = sectionOf(path);
  const shared = section === undefined ? [] : neighboursWith(path, section);
  for (const { path: neighbour, own } of shared) {
    expect(own(after), `${path} changes ${neighbour}`).toBe(own(before));
  }
  if (shared.length > 1)
    expect(section?.own(after), `${path} changes none of its objects`).not.toBe(section?.own(before));
  if (path.startsWith('broker.') || namesOfTheBroker.includes(path)) return;
  expect(brokerPod(after), `${path} restarts the broker`).toEqual(brokerPod(before));
}

/** The neighbours that have the key of a leaf as well. What a whole component or pool switches, others may refer to. */
function neighboursWith(path: string, section: Section): readonly Section[] {
  const key = path.slice(section.path.length);
  if (key === '.enabled' && !path.startsWith('monitoring.alerts.')) return [];
  return neighboursOf(section).filter((neighbour) => paths.has(`${neighbour.path}${key}`));
}

function brokerPod(text: string): unknown {
  const document = text
    .split(/^---$/m)
    .find((one) => /^ {2}name: "?redis"?$/m.test(one) && /^kind: StatefulSet$/m.test(one));
  const [object] = readManifests(document ?? '') as readonly { spec?: { template: unknown } }[];
  return object?.spec?.template;
}
