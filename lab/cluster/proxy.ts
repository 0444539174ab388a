import { join } from 'node:path';
import { addresses, ports } from './addresses.ts';
import type { Instance } from './instance.ts';
import type { NodeProcess } from './node-process.ts';
import { clientKubeconfig } from './pki.ts';
import { healthy } from './probe.ts';
import type { NodePrograms } from './programs.ts';

/** kube-proxy in nftables mode. It ends when its Node object appears after it, so it starts after that. */
export function proxy(inst: Instance, programs: NodePrograms): NodeProcess {
  return {
    name: 'kube-proxy',
    command: [programs['kube-proxy'], `--config=${proxyConfigFile(inst)}`, '--v=2'],
    ready: (cancel) => healthy(inst, { port: ports.proxyHealth, path: '/healthz', tls: false }, cancel),
    deadlineMs: 60_000,
  };
}

/** Where `proxyConfig` is read from. */
export function proxyConfigFile(inst: Instance): string {
  return join(inst.stateDir, 'proxy.json');
}

/** kube-proxy's configuration. */
export function proxyConfig(inst: Instance): string {
  const content = {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    mode: 'nftables',
    oomScoreAdj: 0,
    clientConnection: { kubeconfig: clientKubeconfig(inst, 'proxy') },
    clusterCIDR: addresses.pods,
    hostnameOverride: inst.nodeName,
    bindAddress: addresses.node,
    healthzBindAddress: `127.0.0.1:${ports.proxyHealth}`,
    metricsBindAddress: `127.0.0.1:${ports.proxyMetrics}`,
    // These are settings of the whole machine: 0 leaves them alone.
    conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
    nftables: { minSyncPeriod: '100ms', syncPeriod: '30s' },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
