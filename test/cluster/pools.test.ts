import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setGpus } from '../../checks/cluster/gpus.ts';
import { parseImageReference } from '../../src/deploy/image-reference.ts';
import { kubectl, listObjects } from '../../src/kubernetes/kubectl.ts';
import type { KubernetesObject } from '../../src/kubernetes/object.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { incompleteImage } from './support/incomplete-image.ts';
import { count, withDesk } from './support/ledger.ts';
import { cluster, labInstance, livePods, namespace, upWith } from './support/service.ts';

const bucket = 'audio-features';
const small = { cpu: '20m', memory: '64Mi', 'ephemeral-storage': '64Mi' };

/** One pool of two pods with a GPU each, that runs every task of the API and a fresh process for each. */
function gpuPool(env: Readonly<Record<string, string>>): object {
  const pool = {
    enabled: true,
    queues: { gpu_queue: null, audio_queue: {} },
    concurrency: 1,
    maxTasksPerChild: 1,
    taskLimit: '2m',
    softLimitMargin: '10s',
    scaling: { replicas: 2 },
    resources: { requests: small },
    hardware: { sharedMemory: '64Mi' },
    env,
  };
  return { beat: { enabled: false }, workers: { pools: { cpu: { enabled: false }, gpu: pool } } };
}

/** Runs a command in a container of the first pod of a Deployment, and gives what it prints. */
async function exec(deployment: string, ...command: readonly string[]): Promise<string> {
  const where = ['--namespace', namespace, `deployment/${deployment}`];
  return (await kubectl(cluster(), ['exec', ...where, '--', ...command])).stdout.trim();
}

interface Pod {
  readonly name: string;
  readonly phase: string | undefined;
  /** The scheduler's message for a pod that fits no node. */
  readonly refusal: string | undefined;
  readonly leaving: boolean;
}

async function workerPods(): Promise<readonly Pod[]> {
  const pods = await listObjects(cluster(), 'pods', namespace, 'app.kubernetes.io/component=worker');
  return pods.map((pod) => {
    const { phase, conditions = [] } = (pod.status ?? {}) as {
      phase?: string;
      conditions?: readonly { type: string; status: string; message?: string }[];
    };
    const scheduled = conditions.find(({ type }) => type === 'PodScheduled');
    return {
      name: pod.metadata.name,
      phase,
      refusal: scheduled?.status === 'False' ? scheduled.message : undefined,
      leaving: pod.metadata.deletionTimestamp !== undefined,
    };
  });
}

/** The metrics of a pod as Prometheus would read them, through the API server. */
async function scrape(pod: KubernetesObject): Promise<readonly string[]> {
  const path = `/api/v1/namespaces/${namespace}/pods/${pod.metadata.name}:9808/proxy/metrics`;
  const { stdout } = await kubectl(cluster(), ['get', '--raw', path]);
  return stdout.split('\n');
}

/** Sum of all series of a metric over all pods. */
const total = (pages: readonly (readonly string[])[], series: RegExp) =>
  pages
    .flat()
    .filter((line) => series.test(line))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);

afterAll(async () => {
  await setGpus(labInstance(), 0);
});

describe('a pool that uses every GPU of the cluster', () => {
  /** Sounds that were analysed by the pods of the second generation. */
  let samples = 0;
  beforeAll(async () => {
    await setGpus(labInstance(), 2);
    await upWith(gpuPool({ GENERATION: '1' }));
  });

  it('is replaced pod by pod while both GPUs are in use, and every task runs once', async () => {
    await withDesk(bucket, async (desk) => {
      const tasks = await Promise.all(['first', 'second'].map((name) => desk.submit(`gpu-${name}`, 25)));
      const begun = [];
      for (const task of tasks) {
        const [entry] = await desk.until(task, 'the task to start', (ledger) => ledger.length > 0, 60_000);
        begun.push(entry?.pod);
      }
      expect(new Set(begun).size).toBe(2);

      const rollout = upWith(gpuPool({ GENERATION: '2' }));
      // The new pod has to wait for the GPU of an old one, which is terminating and still runs a task.
      const waiting = waitFor(
        'a new pod without a GPU, beside an old one that terminates',
        async () => {
          const pods = await workerPods();
          const refusal = pods.find(({ refusal }) => refusal !== undefined)?.refusal;
          const leaving = pods.some((pod) => pod.leaving);
          return refusal !== undefined && leaving ? { value: refusal } : { observed: JSON.stringify(pods) };
        },
        { deadlineMs: 60_000, everyMs: 250 },
      );
      const [refusal, rolled] = await Promise.all([waiting, rollout]);
      samples = rolled.samples.length;
      expect(refusal).toContain('Insufficient nvidia.com/gpu');

      for (const task of tasks) {
        const ledger = await desk.until(task, 'the task to end', (entries) => entries.length > 1, 60_000);
        expect(count(ledger)).toEqual({ started: 1, succeeded: 1 });
      }
      const names = (await livePods('worker')).map(({ metadata }) => metadata.name);
      expect(names).toHaveLength(2);
      for (const old of begun) expect(names).not.toContain(old);
    });
    expect(await exec('audio-gpu-worker', 'printenv', 'GENERATION')).toBe('2');
  });

  it('counts its tasks in the sidecar, over all processes, with no gauge of a process that has ended', async () => {
    const pages = await Promise.all((await livePods('worker')).map(scrape));
    expect(pages).toHaveLength(2);
    const done = /^audio_tasks_total\{queue="audio_queue",status="completed"\}/;
    // What `up` analysed after the rollout is all that the new pods have run.
    expect(samples).toBeGreaterThan(2);
    expect(total(pages, done)).toBe(samples);
    expect(pages.flat().filter((line) => line.startsWith('audio_processor_uptime_seconds{'))).toEqual([]);
  });
});

describe('models that a Job has fetched', () => {
  const prefetch = `
import os, pathlib
folder = pathlib.Path(os.environ["HF_HOME"])
folder.mkdir(exist_ok=True)
(folder / "model.bin").write_text("weights")
`;
  const read = `
import os, pathlib
path = pathlib.Path(os.environ["HF_HOME"], "model.bin")
print(path.read_text(), os.environ["HF_HUB_OFFLINE"])
try:
    path.write_text("other")
except OSError as error:
    print(error.strerror)
`;

  it('are read by workers that are offline, in an image that lacks a module of the application', async () => {
    const image = parseImageReference(await incompleteImage());
    await upWith({
      app: { includeModule: true },
      api: { image },
      workers: { pools: { cpu: { image, scaling: { min: 1 } } } },
      models: {
        // The lab's only storage class is on its one node.
        cache: { type: 'claim', accessMode: 'ReadWriteOnce', size: '64Mi', readOnly: true },
        offline: true,
        prefetch: {
          enabled: true,
          command: ['python3', '-c', prefetch],
          deadline: '2m',
          resources: { requests: small },
        },
      },
    });
    const observed = await exec('audio-worker', 'python3', '-c', read);
    expect(observed.split('\n')).toEqual(['weights 1', 'Read-only file system']);
    // The same image, where nothing is mounted over it, has no such module.
    const module = '/app/src/async_unified_celery_tasks.py';
    const present = `import os; print(os.path.exists('${module}'))`;
    expect(await exec('audio-processor', 'python3', '-c', present)).toBe('False');
    expect(await exec('audio-worker', 'cat', module)).toContain('import src.unified_celery_tasks');
  });
});
