import { setTimeout } from 'node:timers/promises';
import { apiObject } from '../../../lab/cluster/api.ts';
import { importImages } from '../../../lab/cluster/images.ts';
import { labImages } from '../../../lab/images/catalog.ts';
import { deployKeda, withdrawKeda } from '../../../lab/services/keda.ts';
import { chartDirectory, helm } from '../../../src/chart/helm.ts';
import { listObjects } from '../../../src/kubernetes/kubectl.ts';
import { waitFor } from '../../../src/process/wait-for.ts';
import { cluster, labInstance, namespace } from './service.ts';

/** Number of pods of a Deployment at one moment. */
export interface Pods {
  /** `spec.replicas`. */
  readonly wanted: number;
  readonly ready: number;
}

/** Brings KEDA into the tests' lab; builds it when this machine has not got it yet. */
export async function bringKeda(): Promise<void> {
  const images = await labImages(['keda-operator', 'keda-adapter', 'keda-webhooks'], (line) =>
    process.stderr.write(`${line}\n`),
  );
  await importImages(labInstance(), Object.values(images));
  await deployKeda(labInstance(), {
    operator: images['keda-operator'].name,
    adapter: images['keda-adapter'].name,
    webhooks: images['keda-webhooks'].name,
  });
}

/** Takes KEDA out of the lab again, once no pool is scaled by it. */
export async function removeKeda(): Promise<void> {
  await withdrawKeda(labInstance());
}

/** One plain `helm upgrade` of the release that `up` made, on top of its values; ends when everything is Ready. */
export async function upgrade(values: object, ...flags: readonly string[]): Promise<void> {
  const where = ['--namespace', namespace, '--kubeconfig', labInstance().kubeconfig];
  const how = ['--reuse-values', '--wait', '--timeout', '240s', ...flags, '--values', '-'];
  await helm(['upgrade', 'audio-processor', chartDirectory, ...where, ...how], { values }, 300_000);
}

/** The pods of a Deployment now. */
export async function podsOf(deployment: string): Promise<Pods> {
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments/${deployment}`;
  const found = await apiObject<{ spec: { replicas: number }; status?: { readyReplicas?: number } }>(
    labInstance(),
    path,
  );
  if (found === undefined) throw new Error(`no Deployment ${deployment}`);
  return { wanted: found.spec.replicas, ready: found.status?.readyReplicas ?? 0 };
}

/** Waits until the pods of a Deployment satisfy a condition. */
export async function untilPods(
  deployment: string,
  what: string,
  condition: (pods: Pods) => boolean,
  deadlineMs: number,
): Promise<Pods> {
  return waitFor(
    what,
    async () => {
      const pods = await podsOf(deployment);
      return condition(pods) ? { value: pods } : { observed: `${pods.wanted} wanted, ${pods.ready} ready` };
    },
    { deadlineMs, everyMs: 500 },
  );
}

/** Polls the pods of a Deployment several times a second for as long as `use` runs, and once more when it has ended. */
export async function watching<T>(
  deployment: string,
  use: () => Promise<T>,
): Promise<{ readonly result: T; readonly observed: readonly Pods[] }> {
  const stopping = new AbortController();
  const observed: Pods[] = [];
  const loop = async () => {
    while (!stopping.signal.aborted) {
      observed.push(await podsOf(deployment));
      await setTimeout(200, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = loop();
  let result: T;
  try {
    result = await use();
  } finally {
    stopping.abort();
    await running;
  }
  // What `use` waited for came after the last poll of the loop.
  observed.push(await podsOf(deployment));
  return { result, observed };
}

/** Names of the HPAs that act on a Deployment, those of KEDA too. */
export async function autoscalersOf(deployment: string): Promise<readonly string[]> {
  const all = await listObjects(cluster(), 'horizontalpodautoscalers', namespace);
  return all
    .filter(({ spec }) => (spec as { scaleTargetRef: { name: string } }).scaleTargetRef.name === deployment)
    .map(({ metadata }) => metadata.name)
    .sort();
}
