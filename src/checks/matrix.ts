import { HelmError, renderText } from '../chart/helm.ts';
import type { Program } from '../tools/programs.ts';
import { program } from '../tools/programs.ts';
import { versions } from '../tools/versions.ts';
import type { CheckedValues } from './environments.ts';
import { checkManifests } from './kubeconform.ts';

/** Every Helm that has to give the same manifests; the first is the one that everything else uses. */
export const helmMatrix = ['helm'] as const satisfies readonly Program[];

/** Streams of documents by the name of their values. */
type Renders = Readonly<Record<string, string>>;

/** What a matrix found. */
export interface MatrixResult {
  readonly checked: number;
  readonly faults: readonly string[];
}

/**
 * Renders every set of values once under each Helm, and once more for the oldest supported Kubernetes: all of them must
 * be the same, byte for byte. What they agree on has to pass kubeconform for every vendored Kubernetes.
 */
export async function checkMatrix(sets: readonly CheckedValues[]): Promise<MatrixResult> {
  const { node, floor, schemas } = versions().kubernetes;
  const [reference, ...others] = await Promise.all([
    ...helmMatrix.map((helm) => renderAll(sets, helm, node)),
    renderAll(sets, helmMatrix[0], floor),
  ]);
  const faults = [...reference.faults];
  for (const other of others) faults.push(...other.faults, ...differences(reference, other));
  for (const version of schemas) faults.push(...(await conformity(reference.renders, version)));
  return { checked: sets.length * (others.length + schemas.length), faults };
}

interface Rendered {
  /** Which Helm, for which Kubernetes. */
  readonly by: string;
  readonly renders: Renders;
  readonly faults: readonly string[];
}

async function renderAll(
  sets: readonly CheckedValues[],
  helm: Program,
  kubeVersion: string,
): Promise<Rendered> {
  const by = `${helm}, Kubernetes ${kubeVersion}`;
  const renders: Record<string, string> = {};
  const faults: string[] = [];
  const executable = await program(helm);
  for (const { name, valuesFiles } of sets) {
    try {
      renders[name] = await renderText({ valuesFiles, kubeVersion, helm: executable });
    } catch (error) {
      if (!(error instanceof HelmError)) throw error;
      faults.push(`${name} (${by}): ${error.message}`);
    }
  }
  return { by, renders, faults };
}

/** The first line in which two renders of the same values differ. */
function differences(one: Rendered, other: Rendered): readonly string[] {
  return Object.entries(one.renders).flatMap(([name, text]) => {
    const second = other.renders[name];
    // Absent: the refusal has been told.
    if (second === undefined || second === text) return [];
    const [left, right] = [text.split('\n'), second.split('\n')];
    const line = left.findIndex((content, index) => content !== right[index]);
    const at = line === -1 ? left.length : line;
    return [
      `${name}, line ${at + 1} differs:\n  ${one.by}: ${left[at] ?? '(end)'}\n  ${other.by}: ${right[at] ?? '(end)'}`,
    ];
  });
}

async function conformity(renders: Renders, version: string): Promise<readonly string[]> {
  const { checked, refusals } = await checkManifests(renders, version);
  const empty = Object.entries(renders).filter(([, text]) => !/^kind:/m.test(text));
  return [
    ...(checked === 0 ? ['no manifest was rendered'] : []),
    ...empty.map(([name]) => `${name}: no manifest was rendered`),
    ...refusals.map(
      ({ render, kind, name, message }) => `${render}, Kubernetes ${version}: ${kind} ${name}: ${message}`,
    ),
  ];
}
