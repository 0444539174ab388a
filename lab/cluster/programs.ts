import { programs } from '../../src/tools/programs.ts';
import type { Cancellation } from './cancellation.ts';

/** What runs the node itself. CoreDNS, metrics-server and the provisioner run in it, as images. */
export const nodeProgramNames = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubelet',
  'kube-proxy',
  'containerd',
  'containerd-shim-runc-v2',
  'ctr',
] as const;

/** Absolute path of each. */
export type NodePrograms = Readonly<Record<(typeof nodeProgramNames)[number], string>>;

/** Debian's packages that the node calls: runc and CNI plugins for pods, the rest to make, enter and reach it. */
export const nodeDebianPackages = [
  'runc',
  'containernetworking-plugins',
  'nftables',
  'iproute2',
  'socat',
  'openssl',
  'util-linux',
] as const;

/** Finds the node's programs; fetches or builds what this machine has not got yet. */
export async function nodePrograms(
  note: (line: string) => void,
  cancel: Cancellation,
): Promise<NodePrograms> {
  return programs(nodeProgramNames, note, cancel.signal);
}
