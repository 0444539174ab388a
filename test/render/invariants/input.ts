import type { Manifest } from '../../../src/chart/helm.ts';
import { type Rendering, sorted } from '../support.ts';
import { type OwnedPod, podsOf } from './anatomy.ts';

/** What an invariant checks: one render, and the pods that it makes. */
export interface InvariantInput extends Rendering {
  readonly pods: readonly OwnedPod[];
  object(kind: string, name: string): Manifest | undefined;
}

/** Invariants of the objects of a render, by title; each throws where it is violated. */
export type Invariants = Readonly<Record<string, (input: InvariantInput) => void>>;

/** The objects of a render that invariants check: those of `extraObjects` are the user's. */
export function invariantInput(rendered: readonly Manifest[]): InvariantInput {
  const objects = rendered.filter(
    ({ metadata }) => metadata.labels?.['app.kubernetes.io/component'] !== 'extra',
  );
  return {
    ...sorted(objects),
    pods: podsOf(objects),
    object: (kind, name) => objects.find((one) => one.kind === kind && one.metadata.name === name),
  };
}
