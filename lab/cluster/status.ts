import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { apiObject } from './api.ts';
import type { Cancellation } from './cancellation.ts';
import type { Instance } from './instance.ts';
import { nodeRuns } from './pid1.ts';
import { processesOf } from './plan.ts';
import type { NodePrograms } from './programs.ts';
import { traces } from './traces.ts';

/** What an instance's node is doing. */
export type NodeStatus =
  | { readonly state: 'absent' }
  | {
      /** Something of it exists but it does not work: a crash, a kill, an `up` that did not end. */
      readonly state: 'broken';
      readonly reasons: readonly string[];
    }
  | {
      readonly state: 'running';
      /** Of the plan it was made from. */
      readonly fingerprint: string;
      /** `v1.37.2`, as the kubelet reports it. */
      readonly version: string;
      /** Of the Node object: another one after the node was created again. */
      readonly uid: string;
    };

/** Written when a node is complete; what a later command knows of it. */
export interface Marker {
  readonly fingerprint: string;
  readonly programs: NodePrograms;
}

/** Notes that the node is complete. */
export async function writeMarker(inst: Instance, marker: Marker): Promise<void> {
  await writeFile(`${markerFile(inst)}.new`, JSON.stringify(marker, null, 2));
  await rename(`${markerFile(inst)}.new`, markerFile(inst));
}

/** Checks every process of the node and its Node object; takes about half a second. */
export async function nodeStatus(inst: Instance, cancel: Cancellation = {}): Promise<NodeStatus> {
  const found = await traces(inst);
  if (found.length === 0) return { state: 'absent' };
  const marker = await readMarker(inst);
  if (marker === undefined)
    return { state: 'broken', reasons: [`it was never finished; there is ${found.join(', ')}`] };
  if (!(await nodeRuns(inst))) return { state: 'broken', reasons: ['its PID 1 does not run'] };
  const polls = await Promise.all(
    Object.values(processesOf(inst, marker.programs)).map(async (process) => {
      const poll = await process.ready(cancel).catch((error: Error) => ({ observed: error.message }));
      return 'observed' in poll ? [`${process.name}: ${poll.observed}`] : [];
    }),
  );
  const node = await readNode(inst, cancel).catch((error: Error) => error.message);
  if (typeof node === 'string') return { state: 'broken', reasons: [...polls.flat(), node] };
  if (polls.flat().length > 0) return { state: 'broken', reasons: polls.flat() };
  return { state: 'running', fingerprint: marker.fingerprint, ...node };
}

/** The Node object's version and uid, or why the node is not ready. */
export async function readNode(
  inst: Instance,
  cancel: Cancellation,
): Promise<{ readonly version: string; readonly uid: string } | string> {
  interface NodeObject {
    readonly metadata: { readonly uid: string };
    readonly status?: {
      readonly conditions?: readonly {
        readonly type: string;
        readonly status: string;
        readonly message?: string;
      }[];
      readonly nodeInfo?: { readonly kubeletVersion: string };
    };
  }
  const node = await apiObject<NodeObject>(inst, `/api/v1/nodes/${inst.nodeName}`, cancel);
  if (node === undefined) return `no Node object named ${inst.nodeName}`;
  const ready = node.status?.conditions?.find(({ type }) => type === 'Ready');
  if (ready?.status !== 'True')
    return `the node is not Ready: ${ready?.message ?? 'it has not reported yet'}`;
  return { version: node.status?.nodeInfo?.kubeletVersion ?? 'unknown', uid: node.metadata.uid };
}

async function readMarker(inst: Instance): Promise<Marker | undefined> {
  try {
    return JSON.parse(await readFile(markerFile(inst), 'utf8')) as Marker;
  } catch {
    return undefined;
  }
}

function markerFile(inst: Instance): string {
  return join(inst.stateDir, 'complete.json');
}
