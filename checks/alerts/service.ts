import { kill } from 'node:process';
import { type Cluster, getObject, kubectl, listObjects } from '../../src/kubernetes/kubectl.ts';
import { mainProcess } from '../cluster/processes.ts';

/** Namespace of the service whose faults are made. */
export const namespace = 'ml-service';

/** What faults do to the running service. */
export class Service {
  readonly #cluster: Cluster;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** Runs kubectl in the service's namespace. */
  async kubectl(...args: readonly string[]): Promise<string> {
    const { stdout } = await kubectl(this.#cluster, ['--namespace', namespace, ...args], {
      timeoutMs: 120_000,
    });
    return stdout;
  }

  /** Runs Python in the API's container, which has the application and its broker. */
  async python(source: string, ...args: readonly string[]): Promise<string> {
    return this.kubectl('exec', 'deployment/audio-processor', '--', 'python', '-c', source, ...args);
  }

  /** Runs a command of the broker's client. */
  async broker(...command: readonly string[]): Promise<string> {
    return this.kubectl('exec', 'statefulset/redis', '--', 'valkey-cli', ...command);
  }

  /** Sends tasks as the API does, with orders to the reference application. */
  async send(count: number, orders: object, queue = 'audio_queue'): Promise<void> {
    const source = [
      'import json, sys',
      'from src.celery_app import celery_app',
      'count, queue, lab = int(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3])',
      'for number in range(count):',
      '    celery_app.send_task("src.celery_app.process_audio_task", queue=queue, kwargs={"video_id": f"fault-{number}",',
      '        "audio_uri": "s3://audio-features/samples/sine-440.wav", "task_id": None, "dataset": "faults", "meta": {"lab": lab}})',
    ].join('\n');
    await this.python(source, String(count), queue, JSON.stringify(orders));
  }

  /** Sets the number of pods of a workload. */
  async scale(workload: string, replicas: number): Promise<void> {
    await this.kubectl('scale', workload, `--replicas=${replicas}`);
  }

  /** Stops or continues the processes of every pod of the CPU pool, as a node that hangs would. */
  async signalWorkers(signal: 'SIGSTOP' | 'SIGCONT'): Promise<void> {
    const pods = await listObjects(this.#cluster, 'pods', namespace, 'audio-processor/pool=cpu');
    for (const pod of pods) {
      kill(await mainProcess(String(pod.metadata.uid), 'celery'), signal);
    }
  }

  /** Number of pods that a workload wants now. */
  async replicas(workload: string): Promise<number> {
    const [kind = '', name = ''] = workload.split('/');
    const found = await getObject(this.#cluster, kind, name, namespace);
    return Number((found?.spec as { readonly replicas?: number } | undefined)?.replicas ?? 0);
  }
}
