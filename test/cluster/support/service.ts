import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject } from 'vitest';
import type { LabOutcome } from '../../../cli/up-lab.ts';
import { instance } from '../../../lab/cluster/instance.ts';
import { type Cluster, listObjects } from '../../../src/kubernetes/kubectl.ts';
import type { KubernetesObject } from '../../../src/kubernetes/object.ts';
import { unreadyPods } from '../../../src/kubernetes/unready.ts';
import { waitFor } from '../../../src/process/wait-for.ts';
import { type CliOutcome, cli } from '../../support/cli.ts';

/** Namespace of the service in the lab. */
export const namespace = 'ml-service';

/** The node that the global setup started for these tests. */
export function labInstance() {
  return instance(inject('labInstance'));
}

/** The lab as kubectl reaches it. */
export function cluster(): Cluster {
  return { kubeconfig: labInstance().kubeconfig };
}

/** Runs the real `up` on the tests' own lab with values on top of the lab's. */
export async function runUp(values: object): Promise<CliOutcome> {
  const folder = await mkdtemp(join(tmpdir(), 'up-with-'));
  try {
    const file = join(folder, 'values.yaml');
    await writeFile(file, JSON.stringify(values));
    const args = ['up', '--name', labInstance().name, '--values', file, '--json'];
    return await cli(args, { timeoutMs: 300_000 });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * The same, and it has to succeed: gives what it printed as JSON.
 * Every file starts with it, so that each holds alone and in any order.
 */
export async function upWith(values: object): Promise<LabOutcome> {
  const { exitCode, stdout, stderr } = await runUp(values);
  expect(exitCode, stderr).toBe(0);
  return JSON.parse(stdout) as LabOutcome;
}

/** The pods of a component that are not going away. */
export async function livePods(
  component: 'api' | 'worker' | 'beat' | 'flower' | 'broker',
): Promise<readonly KubernetesObject[]> {
  const pods = await listObjects(cluster(), 'pods', namespace, `app.kubernetes.io/component=${component}`);
  return pods.filter((pod) => pod.metadata.deletionTimestamp === undefined);
}

/** Waits until the release has at least this many pods and every one of them is Ready. */
export async function allReady(least: number): Promise<void> {
  await waitFor(
    `every pod of the release to be Ready, and at least ${least} of them`,
    async () => {
      const unready = await unreadyPods(cluster(), [namespace, 'monitoring'], 'audio-processor');
      const selector = 'app.kubernetes.io/instance=audio-processor';
      const pods = await listObjects(cluster(), 'pods', namespace, selector);
      const live = pods.filter((pod) => pod.metadata.deletionTimestamp === undefined).length;
      const observed = unready.map(({ pod, reason }) => `${pod}: ${reason}`).join('; ');
      return unready.length === 0 && live >= least
        ? { value: true }
        : { observed: observed || `${live} pods` };
    },
    { deadlineMs: 180_000, everyMs: 500 },
  );
}
