import { readdir } from 'node:fs/promises';
import { run } from '../../src/process/run.ts';
import { addresses } from './addresses.ts';
import { type Cancellation, cancelling } from './cancellation.ts';
import type { Instance } from './instance.ts';

/**
 * Makes the instance's network namespace. It has no uplink: nothing in it reaches the machine's network.
 * eth0 is one end of a pair whose other end is beside it (not every kernel has dummy devices), with a default route
 * that leads nowhere, because Kubernetes components take their address from the interface of the default route.
 */
export async function makeNetworkNamespace(inst: Instance, cancel: Cancellation): Promise<void> {
  const options = { timeoutMs: 10_000, ...cancelling(cancel) };
  await run('ip', ['netns', 'add', inst.netns], options);
  const links = [
    'link set lo up',
    'link add eth0 type veth peer name eth0peer',
    'link set eth0peer up',
    'link set eth0 up',
    `addr add ${addresses.node}/${addresses.nodePrefix} dev eth0`,
    `route add default via ${addresses.gateway} dev eth0`,
  ];
  await run('ip', ['-netns', inst.netns, '-batch', '-'], { ...options, input: `${links.join('\n')}\n` });
  const settings = [
    'echo 1 > /proc/sys/net/ipv4/ip_forward',
    // Not there at all on a machine without IPv6.
    'for scope in all default; do f=/proc/sys/net/ipv6/conf/$scope/disable_ipv6; [ ! -e $f ] || echo 1 > $f; done',
  ];
  await run('nsenter', [`--net=${namespaceFile(inst)}`, 'sh', '-ec', settings.join('\n')], options);
}

/** Removes the network namespace's name; the kernel ends it with its last process. Does nothing when there is none. */
export async function removeNetworkNamespace(inst: Instance): Promise<void> {
  if (await networkNamespaceExists(inst))
    await run('ip', ['netns', 'delete', inst.netns], { timeoutMs: 10_000 });
}

/** Whether the name exists. */
export async function networkNamespaceExists(inst: Instance): Promise<boolean> {
  const names = await readdir('/run/netns').catch((): string[] => []);
  return names.includes(inst.netns);
}

/** What `nsenter --net=` takes. */
export function namespaceFile(inst: Instance): string {
  return `/run/netns/${inst.netns}`;
}
