import { existsSync } from 'node:fs';
import { CommandError, type RunResult, run } from '../process/run.ts';
import { ProblemError } from '../report/problem.ts';
import { program } from '../tools/programs.ts';
import type { KubernetesObject } from './object.ts';

/** Which cluster to talk to; absent fields mean what plain kubectl would take. */
export interface Cluster {
  /** Path of a kubeconfig file. */
  readonly kubeconfig?: string;
  /** Context inside it. */
  readonly context?: string;
}

/** The flags that select a cluster, for kubectl. */
export function kubectlFlags(cluster: Cluster): readonly string[] {
  return [
    ...(cluster.kubeconfig === undefined ? [] : ['--kubeconfig', cluster.kubeconfig]),
    ...(cluster.context === undefined ? [] : ['--context', cluster.context]),
  ];
}

/**
 * Runs kubectl against a cluster.
 * @param options.timeoutMs default 60 s
 * @throws {CommandError} with kubectl's own message.
 */
export async function kubectl(
  cluster: Cluster,
  args: readonly string[],
  options: { readonly input?: string; readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
): Promise<RunResult> {
  const { timeoutMs = 60_000, ...rest } = options;
  return run(await program('kubectl'), [...kubectlFlags(cluster), ...args], { timeoutMs, ...rest });
}

/** One object, or undefined when the cluster does not have it. */
export async function getObject(
  cluster: Cluster,
  kind: string,
  name: string,
  namespace?: string,
): Promise<KubernetesObject | undefined> {
  const where = namespace === undefined ? [] : ['--namespace', namespace];
  const { stdout } = await kubectl(cluster, [
    'get',
    kind,
    name,
    ...where,
    '--ignore-not-found',
    '--output',
    'json',
  ]);
  return stdout.trim() === '' ? undefined : (JSON.parse(stdout) as KubernetesObject);
}

/** All objects of a kind in a namespace that match a label selector. */
export async function listObjects(
  cluster: Cluster,
  kind: string,
  namespace: string,
  selector?: string,
): Promise<readonly KubernetesObject[]> {
  const match = selector === undefined ? [] : ['--selector', selector];
  const { stdout } = await kubectl(cluster, [
    'get',
    kind,
    '--namespace',
    namespace,
    ...match,
    '--output',
    'json',
  ]);
  return (JSON.parse(stdout) as { items: readonly KubernetesObject[] }).items;
}

/**
 * Server-side apply.
 * @param options.forceConflicts take over fields that another manager wrote
 * @throws {CommandError} with the server's message when it refuses an object.
 */
export async function applyObjects(
  cluster: Cluster,
  objects: readonly object[],
  options: {
    readonly fieldManager?: string;
    readonly forceConflicts?: boolean;
    readonly signal?: AbortSignal;
  } = {},
): Promise<void> {
  const { fieldManager = 'audio-processor-cli', forceConflicts = false, ...rest } = options;
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  const args = ['apply', '--server-side', '--field-manager', fieldManager, '--filename', '-'];
  await kubectl(cluster, [...args, ...(forceConflicts ? ['--force-conflicts'] : [])], { ...rest, input });
}

/**
 * Checks that the kubeconfig has the context and that its cluster answers, before any other request.
 * @throws {ProblemError} with the contexts that there are, or with kubectl's message about the cluster.
 */
export async function assertReachable(cluster: Cluster & { readonly context: string }): Promise<void> {
  const { context: _, ...config } = cluster;
  if (config.kubeconfig !== undefined && !existsSync(config.kubeconfig)) {
    throw new ProblemError([{ message: 'no such kubeconfig file', found: config.kubeconfig }]);
  }
  const { stdout } = await kubectl(config, ['config', 'get-contexts', '--output', 'name']).catch(refuse);
  const contexts = stdout.split('\n').filter((name) => name !== '');
  if (!contexts.includes(cluster.context)) {
    throw new ProblemError([
      {
        message: 'the kubeconfig has no such context',
        found: cluster.context,
        allowed:
          contexts.join(', ') ||
          `none: ${cluster.kubeconfig ?? 'kubectl finds no kubeconfig with a context'}`,
        remedy: 'name one of them with --context, or another file with --kubeconfig',
      },
    ]);
  }
  await kubectl(cluster, ['version', '--request-timeout', '15s'], { timeoutMs: 30_000 }).catch(refuse);
}

/** kubectl's message about a kubeconfig or a cluster that it cannot use, which the user can repair. */
function refuse(error: unknown): never {
  if (!(error instanceof CommandError)) throw error;
  const words = error.stderr.trim().split('\n').at(-1) ?? error.message;
  throw new ProblemError([
    { message: 'kubectl cannot use this cluster', found: words, remedy: 'try: kubectl version' },
  ]);
}
