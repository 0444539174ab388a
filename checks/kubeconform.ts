import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readManifests } from '../src/chart/helm.ts';
import { CommandError, run } from '../src/process/run.ts';
import { program } from '../src/tools/programs.ts';
import { repositoryRoot } from '../src/tools/versions.ts';

/**
 * Where the vendored schemas are: `schemas/v1.37.2/deployment-apps-v1.json`, and for kinds that an operator defines
 * `schemas/custom/scaledobject-keda-v1alpha1.json`.
 */
const schemaLocations = ['{{.NormalizedKubernetesVersion}}', 'custom'].map((folder) =>
  join(repositoryRoot, 'schemas', folder, '{{.ResourceKind}}{{.KindSuffix}}.json'),
);

/** A manifest that kubeconform refuses, in its words. */
export interface Refusal {
  /** Name of the render that the manifest is part of. */
  readonly render: string;
  readonly kind: string;
  readonly name: string;
  readonly message: string;
}

interface Report {
  readonly resources?: readonly {
    readonly filename: string;
    readonly kind: string;
    readonly name: string;
    readonly status: string;
    readonly msg: string;
  }[];
  readonly summary: { valid: number; invalid: number; errors: number; skipped: number };
}

/**
 * Checks rendered manifests against the vendored schemas only; nothing is downloaded.
 * A kind without a schema is refused, never skipped.
 * @param renders streams of documents by a name that a file can have
 * @param version full Kubernetes version, one of `kubernetes.schemas` in `versions.json`
 * @returns what was refused, and how many manifests were read.
 * @throws {CommandError} when kubeconform itself fails; {Error} when it read fewer manifests than there are.
 */
export async function checkManifests(
  renders: Readonly<Record<string, string>>,
  version: string,
): Promise<{ readonly checked: number; readonly refusals: readonly Refusal[] }> {
  const report = await kubeconform(renders, version);
  const { valid, invalid, errors, skipped } = report.summary;
  const checked = valid + invalid + errors;
  const expected = Object.values(renders).flatMap(readManifests).length;
  if (skipped > 0 || checked !== expected) {
    throw new Error(`kubeconform read ${checked} of ${expected} manifests and skipped ${skipped}`);
  }
  const refused = (report.resources ?? []).filter(({ status }) => status !== 'statusValid');
  return {
    checked,
    refusals: refused.map(({ filename, kind, name, msg }) => ({
      render: basename(filename, '.yaml'),
      kind,
      name,
      message: msg,
    })),
  };
}

async function kubeconform(renders: Readonly<Record<string, string>>, version: string): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'kubeconform-'));
  const args = [
    '-strict',
    '-summary',
    ...['-output', 'json'],
    ...['-kubernetes-version', version],
    ...schemaLocations.flatMap((location) => ['-schema-location', location]),
    folder,
  ];
  try {
    for (const [name, text] of Object.entries(renders)) await writeFile(join(folder, `${name}.yaml`), text);
    const { stdout } = await run(await program('kubeconform'), args, { timeoutMs: 120_000 });
    return JSON.parse(stdout) as Report;
  } catch (error) {
    // Exit code 1 with a report is an answer, everything else a failure of kubeconform.
    if (error instanceof CommandError && error.exitCode === 1 && error.stdout.startsWith('{')) {
      return JSON.parse(error.stdout) as Report;
    }
    throw error;
  } finally {
    await rm(folder, { recursive: true });
  }
}
