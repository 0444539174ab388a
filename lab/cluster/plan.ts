import type { KubernetesObject } from '../../src/kubernetes/object.ts';
import { hashOf } from '../../src/tools/cache.ts';
import { addonObjects } from './addons.ts';
import { addresses } from './addresses.ts';
import { machineCgroups } from './cgroups.ts';
import {
  cniConfig,
  cniConfigFile,
  containerd,
  containerdConfig,
  containerdConfigFile,
} from './containerd.ts';
import { apiServer, etcd } from './control-plane.ts';
import { controllerManager, scheduler } from './controllers.ts';
import { forwards } from './forwards.ts';
import { type NodeImage, type NodeImages, nodeImages } from './images.ts';
import type { Instance } from './instance.ts';
import { kubelet, kubeletConfig, kubeletConfigFile } from './kubelet.ts';
import type { NodeProcess } from './node-process.ts';
import type { NodePrograms } from './programs.ts';
import { proxy, proxyConfig, proxyConfigFile } from './proxy.ts';

/** Every process of a node by its part. */
export type NodeProcesses = Readonly<
  Record<
    | 'etcd'
    | 'apiServer'
    | 'controllerManager'
    | 'scheduler'
    | 'containerd'
    | 'kubelet'
    | 'proxy'
    | 'forwardInside'
    | 'forwardOutside',
    NodeProcess
  >
>;

/** All that makes a node what it is. */
export interface NodePlan {
  readonly programs: NodePrograms;
  readonly processes: NodeProcesses;
  /** Content of each configuration file, by its path. */
  readonly files: Readonly<Record<string, string>>;
  /** The addons. */
  readonly objects: readonly KubernetesObject[];
  readonly images: NodeImages;
  /** The same for two plans that give the same node. */
  readonly fingerprint: string;
}

/** Plans the node of an instance. Changes nothing. */
export async function planNode(
  inst: Instance,
  programs: NodePrograms,
  available: readonly NodeImage[],
): Promise<NodePlan> {
  const images = nodeImages(available);
  const processes = processesOf(inst, programs);
  const files = {
    [containerdConfigFile(inst)]: containerdConfig(inst, images.pause),
    [cniConfigFile(inst)]: cniConfig(addresses.podsOfNode),
    [kubeletConfigFile(inst)]: kubeletConfig(inst, await machineCgroups()),
    [proxyConfigFile(inst)]: proxyConfig(inst),
  };
  const objects = addonObjects(inst, images);
  const commands = Object.values(processes).map(({ command, path }) => ({ command, path }));
  const fingerprint = hashOf(JSON.stringify({ commands, files, objects }));
  return { programs, processes, files, objects, images, fingerprint };
}

/** The node's processes with their readiness checks. */
export function processesOf(inst: Instance, programs: NodePrograms): NodeProcesses {
  const [forwardInside, forwardOutside] = forwards(inst);
  return {
    etcd: etcd(inst, programs),
    apiServer: apiServer(inst, programs),
    controllerManager: controllerManager(inst, programs),
    scheduler: scheduler(inst, programs),
    containerd: containerd(inst, programs),
    kubelet: kubelet(inst, programs),
    proxy: proxy(inst, programs),
    forwardInside,
    forwardOutside,
  };
}
