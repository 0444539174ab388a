import { type Rendering, selects } from '../support.ts';
import { podsOf, selectorsOf } from './anatomy.ts';
import { madeBy, referencesOf } from './references.ts';

/** What one set of objects selects or names of another; both may share a namespace when there is nothing. */
export function crossings(
  one: Pick<Rendering, 'objects'>,
  other: Pick<Rendering, 'objects'>,
): readonly string[] {
  const foreign = madeBy(other.objects);
  const named = referencesOf(one.objects).filter(({ kind, name }) => foreign.has(`${kind}/${name}`));
  const pods = podsOf(other.objects);
  const selected = selectorsOf(one.objects).filter(({ matchLabels }) =>
    pods.some(({ labels }) => selects(matchLabels, labels)),
  );
  return [...named.map(({ from, name }) => `${from} → ${name}`), ...selected.map(({ owner }) => owner)];
}
