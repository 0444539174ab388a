import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { waitFor } from '../../src/process/wait-for.ts';
import type { Steps } from '../../src/report/steps.ts';
import { applyAddons, waitForAddons, waitForMetrics } from './addons.ts';
import { apiObject } from './api.ts';
import { type Cancellation, cancelling, together } from './cancellation.ts';
import { makeCgroups } from './cgroups.ts';
import { tearDown } from './down.ts';
import { importImages, type NodeImage } from './images.ts';
import type { Instance } from './instance.ts';
import { withInstanceLock } from './instance-lock.ts';
import { holdMachineSettings } from './machine-settings.ts';
import { makeNetworkNamespace } from './network.ts';
import { type NodeProcess, startProcess } from './node-process.ts';
import { startPid1 } from './pid1.ts';
import { makePki } from './pki.ts';
import { type NodePlan, planNode } from './plan.ts';
import { labPrerequisites } from './preflight.ts';
import { nodePrograms } from './programs.ts';
import { type NodeStatus, nodeStatus, readNode, writeMarker } from './status.ts';

export { nodeDown } from './down.ts';
export type { NodeImage } from './images.ts';
export { nodeExec } from './node-process.ts';
export { nodeStatus } from './status.ts';

/** How to bring a node up. */
export interface NodeUpOptions extends Cancellation {
  readonly steps: Steps;
  /** Images to load: at least pause, coredns, metrics-server, local-path-provisioner and busybox. */
  readonly images: readonly NodeImage[];
  /** `later`: return without resource metrics, which take 10 s more; `waitForMetrics` of addons.ts waits for them. */
  readonly metrics?: 'wait' | 'later';
}

/**
 * Gives the instance a Ready node with DNS, storage and resource metrics.
 * A healthy node of the same making is left alone and only gets images it has not got. Anything else that exists of the
 * instance is removed and created again, with all data: a lab is disposable. When this fails or is cancelled, nothing keeps
 * running; after a failure the logs stay until the next `up` or `down`.
 * @throws {ProblemError} before anything is changed, with all that is in the way; or while another command works on it.
 * @throws {NodeProcessError} when a process of the node is not ready in time, with the end of its log.
 * @throws the signal's reason when cancelled.
 */
export async function nodeUp(inst: Instance, options: NodeUpOptions): Promise<void> {
  const { steps } = options;
  try {
    await labPrerequisites(inst, (line) => steps.line(`  ${line}`));
    await withInstanceLock(inst.name, 'up', () => keepOrMake(inst, options));
  } catch (error) {
    // Work that was cancelled fails in many ways; the caller wants to know that it was.
    options.signal?.throwIfAborted();
    throw error;
  }
}

async function keepOrMake(inst: Instance, options: NodeUpOptions): Promise<void> {
  const { steps } = options;
  const cancel = cancelling(options);
  const programs = await steps.step('programs of the node', (note) => nodePrograms(note, cancel));
  options.signal?.throwIfAborted();
  const plan = await planNode(inst, programs, options.images);
  const status = await nodeStatus(inst, cancel);
  if (status.state === 'running' && status.fingerprint === plan.fingerprint) {
    steps.line(`  the node ${inst.nodeName} runs ${status.version} and is left as it is`);
    await together(cancel, [
      (cancel) => importImages(inst, options.images, cancel),
      (cancel) => metrics(inst, options, cancel),
    ]);
    return;
  }
  options.signal?.throwIfAborted();
  if (status.state !== 'absent') {
    await steps.step('remove the old node', async (note) => {
      for (const line of reasonsToRemove(status)) note(line);
      await tearDown(inst, { keepLogs: false });
    });
  }
  try {
    await makeNode(inst, plan, options);
  } catch (error) {
    await tearDown(inst, { keepLogs: options.signal?.aborted !== true }).catch((left: Error) =>
      steps.line(`  not everything could be removed, \`down\` tries it again: ${left.message}`),
    );
    throw error;
  }
}

function reasonsToRemove(status: NodeStatus): readonly string[] {
  return status.state === 'broken' ? status.reasons : ['it was made from other settings or versions'];
}

async function makeNode(inst: Instance, plan: NodePlan, options: NodeUpOptions): Promise<void> {
  const { steps } = options;
  const { processes } = plan;
  const own = options.images.filter(({ name }) => Object.values(plan.images).includes(name));
  const others = options.images.filter((image) => !own.includes(image));
  const begin = (process: NodeProcess, cancel: Cancellation) =>
    steps.step(process.name, () => startProcess(inst, process, cancel));

  const cancel = cancelling(options);
  await steps.step('namespaces', () => makeNamespaces(inst, plan, cancel));
  await together(cancel, [
    async (cancel) => {
      await together(cancel, [
        (cancel) => steps.step('keys and certificates', () => makePki(inst, cancel)),
        (cancel) => begin(processes.etcd, cancel),
        (cancel) =>
          steps.step('way to the API server', async () => {
            await startProcess(inst, processes.forwardInside, cancel);
            await startProcess(inst, processes.forwardOutside, cancel);
          }),
      ]);
      await begin(processes.apiServer, cancel);
    },
    async (cancel) => {
      await begin(processes.containerd, cancel);
      // Before the kubelet: a pod whose image is not there is tried again only after 10 s.
      await steps.step('images of the node', () => importImages(inst, own, cancel));
    },
  ]);
  await together(cancel, [
    (cancel) => begin(processes.controllerManager, cancel),
    (cancel) => begin(processes.scheduler, cancel),
    async (cancel) => {
      await steps.step('apply addons', () => applyAddons(inst, plan.objects, cancel));
      await steps.step('DNS and storage', () => waitForAddons(inst, cancel));
      await metrics(inst, options, cancel);
    },
    async (cancel) => {
      await begin(processes.kubelet, cancel);
      await steps.step('Node object', () => nodeRegistered(inst, cancel));
      await begin(processes.proxy, cancel);
      await steps.step('node Ready', () => nodeReady(inst, cancel));
    },
    (cancel) => steps.step('other images', () => importImages(inst, others, cancel)),
  ]);
  await writeMarker(inst, { fingerprint: plan.fingerprint, programs: plan.programs });
}

async function metrics(inst: Instance, options: NodeUpOptions, cancel: Cancellation): Promise<void> {
  if (options.metrics === 'later') return;
  await options.steps.step('resource metrics', () => waitForMetrics(inst, cancel));
}

/** The folder, the machine's settings noted, cgroups, configuration files, network and PID 1. */
async function makeNamespaces(inst: Instance, plan: NodePlan, cancel: Cancellation): Promise<void> {
  await mkdir(inst.logDir, { recursive: true });
  await holdMachineSettings(inst);
  await makeCgroups(inst);
  for (const [file, content] of Object.entries(plan.files)) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  await makeNetworkNamespace(inst, cancel);
  await startPid1(inst, cancel);
}

/** kube-proxy ends when the Node object appears after it. */
async function nodeRegistered(inst: Instance, cancel: Cancellation): Promise<void> {
  await waitFor(
    `the kubelet to register ${inst.nodeName} (its log: ${inst.logDir}/kubelet.log)`,
    async () => {
      const node = await apiObject(inst, `/api/v1/nodes/${inst.nodeName}`, cancel);
      return node === undefined ? { observed: 'no Node object' } : { value: undefined };
    },
    { deadlineMs: 60_000, everyMs: 50, ...cancelling(cancel) },
  );
}

async function nodeReady(inst: Instance, cancel: Cancellation): Promise<void> {
  await waitFor(
    `the node ${inst.nodeName} Ready (logs: ${inst.logDir})`,
    async () => {
      const node = await readNode(inst, cancel);
      return typeof node === 'string' ? { observed: node } : { value: undefined };
    },
    { deadlineMs: 60_000, everyMs: 50, ...cancelling(cancel) },
  );
}
