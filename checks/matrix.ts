import { HelmError, renderText } from '../src/chart/helm.ts';
import { type Program, program } from '../src/tools/programs.ts';
import versions from '../versions.json' with { type: 'json' };
import type { CheckedValues } from './environments.ts';
import { checkManifests } from './kubeconform.ts';

/** Every Helm that has to give the same manifests; the first is the one that everything else uses. */
export const helmMatrix = ['helm', 'helm-3', 'helm-4'] as const satisfies readonly Program[];

/** A Helm to render with. */
interface Helm {
  /** For messages. */
  readonly name: string;
  /** The pinned Helm when absent, by the renderer where one runs. */
  readonly executable?: string;
}

/** Streams of documents by the name of their values. */
type Renders = Readonly<Record<string, string>>;

/** What a matrix found. */
export interface MatrixResult {
  readonly checked: number;
  readonly faults: readonly string[];
}

/**
 * Renders every set of values once under each Helm, and once more for the oldest supported Kubernetes: all of them must
 * be the same, byte for byte but for what `withoutEmptyEnds` takes away. What they agree on has to pass kubeconform for every vendored Kubernetes.
 * @param helms those of `helmMatrix` when absent
 */
export async function checkMatrix(
  sets: readonly CheckedValues[],
  helms?: readonly [Helm, ...Helm[]],
): Promise<MatrixResult> {
  const { node, floor, schemas } = versions.kubernetes;
  const [first, ...rest] = helms ?? (await everyHelm());
  const reference = await renderAll(sets, first, node);
  const others = await Promise.all([
    ...rest.map((helm) => renderAll(sets, helm, node)),
    renderAll(sets, first, floor),
  ]);
  const faults = [...reference.faults];
  for (const other of others) faults.push(...other.faults, ...differences(reference, other));
  for (const version of schemas) faults.push(...(await conformity(reference.renders, version)));
  return { checked: sets.length * (others.length + schemas.length), faults };
}

/** Every Helm of the matrix, by its binary. */
async function everyHelm(): Promise<readonly [Helm, ...Helm[]]> {
  const [first, ...rest] = helmMatrix;
  const pinned = async (name: Program) => ({ name, executable: await program(name) });
  return [await pinned(first), ...(await Promise.all(rest.map(pinned)))];
}

interface Rendered {
  /** Which Helm, for which Kubernetes. */
  readonly by: string;
  readonly renders: Renders;
  readonly faults: readonly string[];
}

async function renderAll(
  sets: readonly CheckedValues[],
  { name: helm, executable }: Helm,
  kubeVersion: string,
): Promise<Rendered> {
  const by = `${helm}, Kubernetes ${kubeVersion}`;
  const renders: Record<string, string> = {};
  const faults: string[] = [];
  for (const { name, valuesFiles } of sets) {
    try {
      const text = await renderText({
        valuesFiles,
        kubeVersion,
        ...(executable === undefined ? {} : { helm: executable }),
      });
      renders[name] = withoutEmptyEnds(text);
    } catch (error) {
      if (!(error instanceof HelmError)) throw error;
      faults.push(`${name} (${by}): ${error.message}`);
    }
  }
  return { by, renders, faults };
}

/**
 * The one difference between Helms that is none: Helm 4 ends every document but the last with an empty line, Helm 3
 * does not. Nothing else is made alike.
 */
export function withoutEmptyEnds(text: string): string {
  return text.replace(/\n+(?=\n---\n# Source: )/g, '').trimEnd();
}

/** The first line in which two renders of the same values differ. */
function differences(one: Rendered, other: Rendered): readonly string[] {
  return Object.entries(one.renders).flatMap(([name, text]) => {
    const second = other.renders[name];
    // Absent: the refusal has been reported.
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
