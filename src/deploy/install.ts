import { setTimeout } from 'node:timers/promises';
import { type Manifest, renderChart } from '../chart/helm.ts';
import { upgradeInstall } from '../chart/release.ts';
import { type Cluster, kubectl } from '../kubernetes/kubectl.ts';
import { unreadyPods } from '../kubernetes/unready.ts';
import { CommandError } from '../process/run.ts';
import { namespacesOf } from './namespace.ts';
import { settlePending } from './pending.ts';
import { assertSecretKeys } from './secrets.ts';
import { assertNoFall } from './switches.ts';

/** What to install, and where. */
export interface InstallOptions {
  readonly cluster: Cluster;
  readonly release: string;
  readonly namespace: string;
  readonly valuesFiles: readonly string[];
  /** Values on top of the files. */
  readonly values: object;
  /** Seconds that Helm waits for every pod to be Ready. */
  readonly timeoutSeconds: number;
  /** What to do about a revision that a killed Helm left behind, see {@link settlePending}. */
  readonly interrupted: 'forget' | 'refuse';
  readonly signal?: AbortSignal;
}

/** The release did not become Ready; the message names the pods and why. */
export class InstallError extends Error {
  override readonly name = 'InstallError';
}

/**
 * Everything that can be refused without touching the cluster: values that do not render, Secrets that lack a key,
 * a change of engine that would cost pods.
 * @returns the objects that an install would make.
 * @throws {HelmError | ProblemError}
 */
export async function checkInstall(
  options: Pick<InstallOptions, 'cluster' | 'release' | 'namespace' | 'valuesFiles' | 'values'>,
): Promise<readonly Manifest[]> {
  const { cluster, release, namespace, valuesFiles, values } = options;
  const manifests = await renderChart({ release, namespace, valuesFiles, values });
  await assertSecretKeys(cluster, namespace, manifests);
  await assertNoFall(cluster, { release, namespace }, manifests);
  return manifests;
}

/**
 * `helm upgrade --install --wait` after {@link checkInstall}. While it waits, each change of what it waits for is noted.
 * @returns the objects that were installed.
 * @throws {HelmError | ProblemError} before anything was changed. {@link InstallError} when pods do not become Ready.
 */
export async function install(
  options: InstallOptions,
  note: (line: string) => void,
): Promise<readonly Manifest[]> {
  const { cluster, release, namespace, valuesFiles, values, timeoutSeconds, signal } = options;
  const manifests = await checkInstall(options);
  for (const record of await settlePending(cluster, namespace, release, options.interrupted)) {
    note(`forgot ${record}, which a killed run left behind`);
  }
  const namespaces = namespacesOf(manifests, namespace);
  const watching = noteChanges(options, namespaces, note);
  try {
    await upgradeInstall({
      release,
      namespace,
      valuesFiles,
      values,
      timeoutSeconds,
      ...cluster,
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (signal?.aborted || !(error instanceof Error)) throw error;
    throw new InstallError(await explain(options, namespaces, error), { cause: error });
  } finally {
    await watching.stop();
  }
  return manifests;
}

/** Prints what the rollout waits for, whenever that changes. */
function noteChanges(
  { cluster, release }: InstallOptions,
  namespaces: readonly string[],
  note: (line: string) => void,
) {
  const stopping = new AbortController();
  const loop = async () => {
    const reported = new Map<string, string>();
    while (!stopping.signal.aborted) {
      for (const { pod, reason } of await unreadyPods(cluster, namespaces, release).catch(() => [])) {
        if (reported.get(pod) !== reason) note(`${pod}: ${reason}`);
        reported.set(pod, reason);
      }
      await setTimeout(2_000, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = loop();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function explain(
  { cluster, release }: InstallOptions,
  namespaces: readonly string[],
  error: Error,
): Promise<string> {
  const pods = await unreadyPods(cluster, namespaces, release).catch(() => []);
  const logs = await Promise.all(
    pods.slice(0, 3).map(async ({ namespace, pod }) => {
      const args = ['logs', pod, '--namespace', namespace, '--all-containers', '--tail', '15'];
      const text = await kubectl(cluster, args).catch((failure: unknown) => ({
        stdout: failure instanceof CommandError ? failure.stderr.trim() : '',
      }));
      return text.stdout.trim() === '' ? '' : `\nlast lines of ${pod}:\n${text.stdout.trim()}`;
    }),
  );
  const waiting = pods.map(({ pod, reason }) => `\n  ${pod}: ${reason}`).join('');
  return `release ${release} did not become Ready: ${error.message}${waiting}${logs.join('')}`;
}
