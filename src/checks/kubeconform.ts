import { join } from 'node:path';
import { readManifests } from '../chart/helm.ts';
import { CommandError, run } from '../process/run.ts';
import { program } from '../tools/programs.ts';
import { repositoryRoot } from '../tools/versions.ts';

/** Where the vendored schemas of a version are: `schemas/v1.37.2/deployment-apps-v1.json`. */
const schemaLocation = join(
  repositoryRoot,
  'schemas',
  '{{.NormalizedKubernetesVersion}}',
  '{{.ResourceKind}}{{.KindSuffix}}.json',
);

/** A manifest that kubeconform refuses, in its words. */
export interface Refusal {
  readonly kind: string;
  readonly name: string;
  readonly message: string;
}

interface Report {
  readonly resources?: readonly { kind: string; name: string; status: string; msg: string }[];
  readonly summary: { valid: number; invalid: number; errors: number; skipped: number };
}

/**
 * Checks rendered manifests against the vendored schemas only; nothing is downloaded.
 * A kind without a schema is refused, never skipped.
 * @param version full Kubernetes version, one of `kubernetes.schemas` in `versions.json`
 * @returns what was refused, and how many manifests were looked at.
 * @throws {CommandError} when kubeconform itself fails; {Error} when it looked at fewer manifests than there are.
 */
export async function checkManifests(
  manifests: string,
  version: string,
): Promise<{ readonly checked: number; readonly refusals: readonly Refusal[] }> {
  const report = await kubeconform(manifests, version);
  const { valid, invalid, errors, skipped } = report.summary;
  const checked = valid + invalid + errors;
  const expected = readManifests(manifests).length;
  if (skipped > 0 || checked !== expected) {
    throw new Error(`kubeconform looked at ${checked} of ${expected} manifests and skipped ${skipped}`);
  }
  const refused = (report.resources ?? []).filter(({ status }) => status !== 'statusValid');
  return { checked, refusals: refused.map(({ kind, name, msg }) => ({ kind, name, message: msg })) };
}

async function kubeconform(manifests: string, version: string): Promise<Report> {
  const args = [
    '-strict',
    '-summary',
    ...['-output', 'json'],
    ...['-kubernetes-version', version],
    ...['-schema-location', schemaLocation],
    '-',
  ];
  try {
    const { stdout } = await run(await program('kubeconform'), args, { input: manifests, timeoutMs: 60_000 });
    return JSON.parse(stdout) as Report;
  } catch (error) {
    // Exit code 1 with a report is an answer, everything else a failure of kubeconform.
    if (error instanceof CommandError && error.exitCode === 1 && error.stdout.startsWith('{')) {
      return JSON.parse(error.stdout) as Report;
    }
    throw error;
  }
}
