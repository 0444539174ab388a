import { fileURLToPath } from 'node:url';
import versions from '../../versions.json' with { type: 'json' };
import { CommandError, type RunResult, run } from '../process/run.ts';
import { program } from '../tools/programs.ts';
import { HelmError, readLintOutput } from './helm-error.ts';
import { type Manifest, readManifests } from './manifests.ts';
import { type RenderAnswer, type RenderRequest, renderByServer, rendererSocket } from './renderer.ts';

export { HelmError } from './helm-error.ts';
export { type Manifest, readManifests } from './manifests.ts';

/** The chart of this clone. */
export const chartDirectory = fileURLToPath(new URL('../../charts/audio-processor', import.meta.url));

/** Which chart, with which values. */
export interface ValuesOptions {
  /** Chart directory or archive; this clone's chart when absent. */
  readonly chart?: string;
  /** Overlays, later over earlier, as `helm -f` takes them. */
  readonly valuesFiles?: readonly string[];
  /** Values over all files; they reach Helm as JSON on standard input, so no YAML dialect is involved. */
  readonly values?: object;
  /** Helm's executable; the pinned one when absent. */
  readonly helm?: string;
}

/** How to render. */
export interface RenderOptions extends ValuesOptions {
  /** Release name; `audio-processor` when absent. */
  readonly release?: string;
  /** `ml-service` when absent. */
  readonly namespace?: string;
  /** Kubernetes version of the imagined cluster; the lab node's when absent, so that a render is the same under every Helm. */
  readonly kubeVersion?: string;
  /** API groups that the imagined cluster has beside Kubernetes' own: `keda.sh/v1alpha1`. */
  readonly apiVersions?: readonly string[];
  /** Templates to print, relative to the chart: `templates/api/deployment.yaml`. */
  readonly showOnly?: readonly string[];
  /** Skips Helm's schema validation, a third of a render: for values that ajv has accepted. */
  readonly skipSchema?: boolean;
}

/**
 * `helm template`, as text: by the renderer where one runs (`AUDIO_PROCESSOR_RENDERER`) and no other Helm is given,
 * else by Helm's binary.
 * @throws {HelmError} when Helm refuses values or templates.
 */
export async function renderText(options: RenderOptions = {}): Promise<string> {
  const socket = options.helm === undefined ? rendererSocket() : undefined;
  if (socket !== undefined) return (await renderBy(socket, options)).output;
  const request = requestOf(options);
  const args = [
    ...['template', request.release, request.chart],
    ...['--namespace', request.namespace],
    ...['--kube-version', request.kubeVersion],
    ...request.apiVersions.flatMap((group) => ['--api-versions', group]),
    ...request.showOnly.flatMap((template) => ['--show-only', template]),
    ...(request.skipSchema ? ['--skip-schema-validation'] : []),
    ...valuesArguments(options),
  ];
  return (await helm(args, options, 60_000)).stdout;
}

/**
 * A render and the notes of an install, by a renderer.
 * @param socket path of the renderer's socket
 * @throws {HelmError} when Helm refuses values or templates.
 */
export async function renderBy(socket: string, options: RenderOptions): Promise<RenderAnswer> {
  const answer = await renderByServer(socket, requestOf(options));
  if (answer.error !== '')
    throw new HelmError(withoutNewline(`Error: ${answer.error}\n`), options.valuesFiles ?? []);
  return { ...answer, output: withoutNewline(answer.output) };
}

/** As the output of a program is captured: without its last newline. */
function withoutNewline(text: string): string {
  return text.replace(/\n$/, '');
}

function requestOf(options: RenderOptions): RenderRequest {
  return {
    chart: options.chart ?? chartDirectory,
    release: options.release ?? 'audio-processor',
    namespace: options.namespace ?? 'ml-service',
    kubeVersion: options.kubeVersion ?? versions.kubernetes.node,
    apiVersions: options.apiVersions ?? [],
    showOnly: options.showOnly ?? [],
    valuesFiles: options.valuesFiles ?? [],
    values: options.values === undefined ? '' : JSON.stringify(options.values),
    skipSchema: options.skipSchema ?? false,
  };
}

/**
 * `helm template`, as typed objects in Helm's order. Documents that hold nothing are left out.
 * @throws {HelmError} when Helm refuses values or templates.
 */
export async function renderChart(options: RenderOptions = {}): Promise<readonly Manifest[]> {
  return readManifests(await renderText(options));
}

/**
 * `helm lint --strict`: warnings fail as well.
 * @throws {HelmError} with every complaint of the linter in `detail`.
 */
export async function lintChart(
  options: ValuesOptions & { readonly kubeVersion?: string } = {},
): Promise<void> {
  const args = [
    'lint',
    '--strict',
    options.chart ?? chartDirectory,
    ...['--kube-version', options.kubeVersion ?? versions.kubernetes.node],
    ...valuesArguments(options),
  ];
  await helm(args, options, 60_000);
}

/** `-f` for each file, then the values object on standard input, which wins. */
export function valuesArguments(options: ValuesOptions): readonly string[] {
  const files = (options.valuesFiles ?? []).flatMap((file) => ['--values', file]);
  return options.values === undefined ? files : [...files, '--values', '-'];
}

/**
 * Runs Helm; every call of this repository uses this function.
 * @throws {HelmError} when Helm exits non-zero; {CommandError} when it is missing or out of time.
 */
export async function helm(
  args: readonly string[],
  options: ValuesOptions & { readonly signal?: AbortSignal; readonly env?: Readonly<Record<string, string>> },
  timeoutMs: number,
): Promise<RunResult> {
  const executable = options.helm ?? (await program('helm'));
  try {
    return await run(executable, args, {
      timeoutMs,
      ...(options.env === undefined ? {} : { env: options.env }),
      ...(options.values === undefined ? {} : { input: JSON.stringify(options.values) }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  } catch (error) {
    if (!(error instanceof CommandError) || error.exitCode === undefined || error.timedOut) throw error;
    const files = options.valuesFiles ?? [];
    // The linter's complaints are on standard output, those of the other commands on standard error.
    if (args[0] === 'lint') throw new HelmError(error.stdout, files, readLintOutput(error.stdout));
    throw new HelmError(error.stderr, files);
  }
}
