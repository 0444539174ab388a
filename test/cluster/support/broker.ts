import { kubectl, listObjects } from '../../../src/kubernetes/kubectl.ts';
import { waitFor } from '../../../src/process/wait-for.ts';
import { cluster, livePods, namespace } from './service.ts';

/** Deletes a pod the way a rollout, a scale-in and a drain do: politely, and without waiting here. */
export async function deletePod(name: string): Promise<void> {
  await kubectl(cluster(), ['delete', 'pod', name, '--namespace', namespace, '--wait=false']);
}

/** Waits until no pod of a component is left, the ones that are going away included; gives the seconds it took. */
export async function podDeletion(name: string, deadlineMs: number): Promise<number> {
  const begun = performance.now();
  await waitFor(
    `the end of ${name}`,
    async () => {
      const pods = await listObjects(cluster(), 'pods', namespace);
      return pods.some(({ metadata }) => metadata.name === name)
        ? { observed: 'it is there' }
        : { value: true };
    },
    { deadlineMs, everyMs: 500 },
  );
  return (performance.now() - begun) / 1000;
}

/** The embedded broker's pod. */
export async function brokerPod(): Promise<string> {
  const [pod] = await livePods('broker');
  if (pod === undefined) throw new Error('no broker pod');
  return pod.metadata.name;
}

/** Waits until the broker answers as many commands as a worker needs. */
export async function brokerReady(): Promise<void> {
  await kubectl(
    cluster(),
    ['rollout', 'status', 'statefulset/redis', '--namespace', namespace, '--timeout', '120s'],
    { timeoutMs: 130_000 },
  );
}

/** Takes the broker away, or brings it back. */
export async function scaleBroker(replicas: 0 | 1): Promise<void> {
  const pod = replicas === 0 ? await brokerPod() : undefined;
  await kubectl(cluster(), [
    ...['scale', 'statefulset/redis', '--namespace', namespace, `--replicas=${replicas}`],
  ]);
  await (pod === undefined ? brokerReady() : podDeletion(pod, 90_000));
}

/** Runs a command of Valkey in the broker's pod; gives what it prints. */
export async function valkey(...command: readonly string[]): Promise<string> {
  const { stdout } = await kubectl(cluster(), [
    ...['exec', '--namespace', namespace, await brokerPod(), '--', 'valkey-cli'],
    ...command,
  ]);
  return stdout.trim();
}
