import { join } from 'node:path';
import { addresses, clusterDomain, ports, sockets } from './addresses.ts';
import type { Cgroups } from './cgroups.ts';
import type { Instance } from './instance.ts';
import type { NodeProcess } from './node-process.ts';
import { clientKubeconfig } from './pki.ts';
import { healthy } from './probe.ts';
import type { NodePrograms } from './programs.ts';

/** The kubelet: registers the node and runs its pods. */
export function kubelet(inst: Instance, programs: NodePrograms): NodeProcess {
  return {
    name: 'kubelet',
    command: [
      programs.kubelet,
      `--config=${kubeletConfigFile(inst)}`,
      `--kubeconfig=${clientKubeconfig(inst, 'kubelet')}`,
      `--hostname-override=${inst.nodeName}`,
      `--node-ip=${addresses.node}`,
      `--cert-dir=${join(inst.stateDir, 'kubelet-pki')}`,
      '--v=2',
    ],
    ready: (cancel) => healthy(inst, { port: ports.kubeletHealth, path: '/healthz', tls: false }, cancel),
    deadlineMs: 60_000,
  };
}

/** Where `kubeletConfig` is read from. */
export function kubeletConfigFile(inst: Instance): string {
  return join(inst.stateDir, 'kubelet.json');
}

/** The kubelet's configuration: the node's real capacity, nothing reserved, nothing evicted, no image collected. */
export function kubeletConfig(inst: Instance, cgroups: Cgroups): string {
  const content = {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    ...(cgroups.version === 1 ? { failCgroupV1: false } : {}),
    cgroupDriver: 'cgroupfs',
    cgroupRoot: inst.cgroup,
    cgroupsPerQOS: true,
    enforceNodeAllocatable: ['pods'],
    containerRuntimeEndpoint: `unix://${sockets.containerd}`,
    address: '0.0.0.0',
    port: ports.kubelet,
    healthzBindAddress: '127.0.0.1',
    healthzPort: ports.kubeletHealth,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: join(inst.pkiDir, 'ca.crt') },
    },
    authorization: { mode: 'Webhook' },
    tlsCertFile: join(inst.pkiDir, 'kubelet-server.crt'),
    tlsPrivateKeyFile: join(inst.pkiDir, 'kubelet-server.key'),
    clusterDNS: [addresses.dnsService],
    clusterDomain,
    resolvConf: '/etc/resolv.conf',
    // The machine is shared: another program that fills its disk or memory must not evict the lab's pods.
    evictionHard: Object.fromEntries(
      [
        'memory.available',
        'nodefs.available',
        'nodefs.inodesFree',
        'imagefs.available',
        'imagefs.inodesFree',
      ].map((name) => [name, '0%']),
    ),
    // An image that was collected could never be pulled again.
    imageGCHighThresholdPercent: 100,
    imageMinimumGCAge: '87600h',
    imageMaximumGCAge: '0s',
    failSwapOn: false,
    makeIPTablesUtilChains: false,
    nodeStatusUpdateFrequency: '4s',
    syncFrequency: '10s',
    maxPods: 110,
    // A root without CAP_SYS_RESOURCE may not lower it.
    oomScoreAdj: 0,
    serializeImagePulls: false,
    volumePluginDir: join(inst.stateDir, 'kubelet-plugins'),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
