import { submit, type TaskState, waitForTask } from '../src/deploy/api-client.ts';
import { withForward } from '../src/deploy/forward.ts';
import { parseImageReference } from '../src/deploy/image-reference.ts';
import { checkInstall, install } from '../src/deploy/install.ts';
import { ensureNamespace } from '../src/deploy/namespace.ts';
import { assertReachable, type Cluster } from '../src/kubernetes/kubectl.ts';
import type { Steps } from '../src/report/steps.ts';
import { apiService } from './services.ts';
import type { UpOptions } from './up.ts';

/** How long one submitted task may take: above any task limit that a pool is likely to have. */
const taskDeadlineMs = 3 * 60 * 60 * 1000;

/** What `up --context` did. */
export interface ContextOutcome {
  readonly ok: boolean;
  readonly release: string;
  readonly namespace: string;
  readonly tasks: readonly { readonly uri: string; readonly task: TaskState }[];
}

/**
 * Installs the chart on an existing cluster. Secrets are the user's own; a missing key, like values that do not render, is
 * refused by name before anything is changed. The namespace is made if it is missing and no Secret is needed in it.
 */
export async function upOnContext(
  options: UpOptions & { readonly context: string },
  steps: Steps,
  signal: AbortSignal,
): Promise<ContextOutcome> {
  const { namespace, release, context, kubeconfig } = options;
  const cluster = { context, ...(kubeconfig === undefined ? {} : { kubeconfig }) };
  const values = valuesFromOptions(options);
  await steps.step(`the cluster of ${context}`, () => assertReachable(cluster));
  const planned = { cluster, release, namespace, valuesFiles: options.values, values };
  await steps.step('values and Secrets', () => checkInstall(planned));
  await steps.step(`namespace ${namespace}`, () => ensureNamespace(cluster, namespace));
  const manifests = await steps.step(`install ${release} on ${context}`, (note) =>
    install(
      {
        ...planned,
        timeoutSeconds: options.timeout,
        interrupted: 'refuse',
        signal,
      },
      note,
    ),
  );
  const service = apiService(manifests, namespace);
  const tasks =
    options.submit.length === 0 ? [] : await submitAll(cluster, service, options.submit, steps, signal);
  for (const { uri, task } of tasks)
    steps.line(`${uri}: ${task.status} ${JSON.stringify(task.result ?? task.error)}`);
  steps.line(
    `API: kubectl --context ${context} --namespace ${namespace} port-forward ${service.resource} 8000:${service.port}, then http://127.0.0.1:8000/docs`,
  );
  return { ok: tasks.every(({ task }) => task.status === 'completed'), release, namespace, tasks };
}

/** The chart values that the options set; an option that was not given leaves the values files alone. */
export function valuesFromOptions(options: UpOptions): object {
  const s3 = pick({ endpoint: options.s3Endpoint, bucket: options.s3Bucket, region: options.s3Region });
  const masterml = pick({ url: options.mastermlUrl });
  const app = pick({ s3, masterml });
  const broker = pick({ mode: options.broker });
  const image = options.image === undefined ? undefined : { ...parseImageReference(options.image) };
  return pick({ image, app, broker }) ?? {};
}

/** The given fields only; undefined when none was given. */
function pick(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | undefined {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

function submitAll(
  cluster: Cluster,
  service: ReturnType<typeof apiService>,
  uris: readonly string[],
  steps: Steps,
  signal: AbortSignal,
): Promise<ContextOutcome['tasks']> {
  return steps.step(`analyse ${uris.length} files`, () =>
    withForward(cluster, service, async (api) => {
      // One after another: the API takes ten requests a minute, and each waits until there is room for it.
      const ids: { readonly uri: string; readonly id: string }[] = [];
      for (const [index, uri] of uris.entries()) {
        const request = { video_id: `up-${index}-${uri.split('/').at(-1)}`, audio_uri: uri };
        ids.push({ uri, id: await submit(api, request, signal) });
      }
      return Promise.all(
        ids.map(async ({ uri, id }) => ({
          uri,
          task: await waitForTask(api, id, { deadlineMs: taskDeadlineMs, signal }),
        })),
      );
    }),
  );
}
