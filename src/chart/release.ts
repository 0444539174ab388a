import {
  chartDirectory,
  helm,
  type Manifest,
  readManifests,
  type ValuesOptions,
  valuesArguments,
} from './helm.ts';
import { HelmError } from './helm-error.ts';

/** A release on a cluster. */
export interface ReleaseOptions {
  readonly release: string;
  readonly namespace: string;
  /** Kubeconfig file; the user's own (`KUBECONFIG`, `~/.kube/config`) when absent. */
  readonly kubeconfig?: string;
  /** Context in the kubeconfig; the current one when absent. */
  readonly context?: string;
  /** Ends Helm when aborted. */
  readonly signal?: AbortSignal;
  /** Helm's executable; the pinned one when absent. */
  readonly helm?: string;
}

/** How long Helm may wait for the cluster. */
export interface WaitOptions {
  /** True (the default) waits until every object is Ready. */
  readonly wait?: boolean;
  /** Seconds; 300 when absent, as in Helm. */
  readonly timeoutSeconds?: number;
}

/** What Helm reports for one revision of a release. */
export interface ReleaseInfo {
  readonly name: string;
  readonly namespace: string;
  readonly revision: number;
  /** `deployed`, `failed`, `pending-install`, `superseded` … */
  readonly status: string;
  readonly description: string;
  /** NOTES.txt as rendered. */
  readonly notes: string;
}

/** One line of `helm history`. */
export interface Revision {
  readonly revision: number;
  readonly updated: string;
  readonly status: string;
  readonly chart: string;
  readonly description: string;
}

/**
 * `helm upgrade --install`.
 * @throws {HelmError} when values, templates or the cluster refuse, or the wait runs out.
 */
export async function upgradeInstall(
  options: ReleaseOptions & WaitOptions & ValuesOptions,
): Promise<ReleaseInfo> {
  const args = [
    'upgrade',
    '--install',
    options.release,
    options.chart ?? chartDirectory,
    ...connection(options),
    ...waiting(options),
    ...valuesArguments(options),
    ...['--output', 'json'],
  ];
  return releaseInfo((await helm(args, options, processTimeoutMs(options))).stdout);
}

/**
 * `helm uninstall`; a release that does not exist is no error.
 * @throws {HelmError} when the cluster refuses or the wait runs out.
 */
export async function uninstall(options: ReleaseOptions & WaitOptions): Promise<void> {
  const args = [
    'uninstall',
    options.release,
    '--ignore-not-found',
    ...connection(options),
    ...waiting(options),
  ];
  await helm(args, options, processTimeoutMs(options));
}

/**
 * `helm rollback`; to the revision before the current one when none is named.
 * @throws {HelmError} when there is no such revision, the cluster refuses or the wait runs out.
 */
export async function rollback(
  options: ReleaseOptions & WaitOptions & { readonly revision?: number },
): Promise<void> {
  const target = options.revision === undefined ? [] : [String(options.revision)];
  const args = ['rollback', options.release, ...target, ...connection(options), ...waiting(options)];
  await helm(args, options, processTimeoutMs(options));
}

/**
 * The newest revision of a release; undefined when there is none.
 * @throws {HelmError} when the cluster cannot be reached.
 */
export async function status(options: ReleaseOptions): Promise<ReleaseInfo | undefined> {
  const args = ['status', options.release, ...connection(options), '--output', 'json'];
  const answer = await unlessMissing(helm(args, options, 60_000));
  return answer === undefined ? undefined : releaseInfo(answer.stdout);
}

/**
 * Every kept revision of a release, oldest first; empty when there is none.
 * @throws {HelmError} when the cluster cannot be reached.
 */
export async function history(options: ReleaseOptions): Promise<readonly Revision[]> {
  const args = ['history', options.release, ...connection(options), '--output', 'json'];
  const answer = await unlessMissing(helm(args, options, 60_000));
  if (answer === undefined) return [];
  const revisions = JSON.parse(answer.stdout) as readonly Revision[];
  return revisions.map(({ revision, updated, status, chart, description }) => ({
    revision,
    updated,
    status,
    chart,
    description,
  }));
}

/**
 * The objects of the release's newest revision as Helm rendered them; none when there is no release.
 * @throws {HelmError} when the cluster cannot be reached.
 */
export async function storedManifests(options: ReleaseOptions): Promise<readonly Manifest[]> {
  const args = ['get', 'manifest', options.release, ...connection(options)];
  const answer = await unlessMissing(helm(args, options, 60_000));
  return answer === undefined ? [] : readManifests(answer.stdout);
}

async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof HelmError && /release: not found/.test(error.output)) return undefined;
    throw error;
  }
}

function connection(options: ReleaseOptions): readonly string[] {
  return [
    ...['--namespace', options.namespace],
    ...(options.kubeconfig === undefined ? [] : ['--kubeconfig', options.kubeconfig]),
    ...(options.context === undefined ? [] : ['--kube-context', options.context]),
  ];
}

function waiting({ wait = true, timeoutSeconds = 300 }: WaitOptions): readonly string[] {
  return [...(wait ? ['--wait'] : []), '--timeout', `${timeoutSeconds}s`];
}

/** Helm keeps its own time; the process gets a minute more, so that Helm's message is the one reported. */
function processTimeoutMs({ timeoutSeconds = 300 }: WaitOptions): number {
  return (timeoutSeconds + 60) * 1000;
}

interface HelmRelease {
  readonly name: string;
  readonly namespace: string;
  readonly version: number;
  readonly info: { readonly status: string; readonly description?: string; readonly notes?: string };
}

function releaseInfo(json: string): ReleaseInfo {
  const { name, namespace, version, info } = JSON.parse(json) as HelmRelease;
  return {
    name,
    namespace,
    revision: version,
    status: info.status,
    description: info.description ?? '',
    notes: info.notes ?? '',
  };
}
