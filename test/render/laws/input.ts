import type { Manifest } from '../../../src/chart/helm.ts';
import { type Rendering, sorted } from '../support.ts';
import { type OwnedPod, podsOf } from './anatomy.ts';

/** What a law looks at: one render, and the pods that it makes. */
export interface LawInput extends Rendering {
  readonly pods: readonly OwnedPod[];
  object(kind: string, name: string): Manifest | undefined;
}

/** Laws by what they say of the objects of a render; each throws where it is broken. */
export type Laws = Readonly<Record<string, (input: LawInput) => void>>;

/** The objects of a render as laws look at them: those of the user's own, `extraObjects`, are his to answer for. */
export function lawInput(rendered: readonly Manifest[]): LawInput {
  const objects = rendered.filter(
    ({ metadata }) => metadata.labels?.['app.kubernetes.io/component'] !== 'extra',
  );
  return {
    ...sorted(objects),
    pods: podsOf(objects),
    object: (kind, name) => objects.find((one) => one.kind === kind && one.metadata.name === name),
  };
}
