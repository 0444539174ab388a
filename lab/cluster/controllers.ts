import { join } from 'node:path';
import { addresses, ports } from './addresses.ts';
import type { Instance } from './instance.ts';
import type { NodeProcess } from './node-process.ts';
import { clientKubeconfig } from './pki.ts';
import { healthy } from './probe.ts';
import type { NodePrograms } from './programs.ts';

/** kube-controller-manager. It ends at once when the API server is not ready, so it starts after it. */
export function controllerManager(inst: Instance, programs: NodePrograms): NodeProcess {
  const pki = (file: string) => join(inst.pkiDir, file);
  return {
    name: 'kube-controller-manager',
    command: [
      programs['kube-controller-manager'],
      ...kubeconfigFlags(clientKubeconfig(inst, 'controller-manager')),
      '--leader-elect=false',
      '--use-service-account-credentials',
      `--root-ca-file=${pki('ca.crt')}`,
      `--service-account-private-key-file=${pki('sa.key')}`,
      `--cluster-signing-cert-file=${pki('ca.crt')}`,
      `--cluster-signing-key-file=${pki('ca.key')}`,
      '--allocate-node-cidrs',
      `--cluster-cidr=${addresses.pods}`,
      `--service-cluster-ip-range=${addresses.services}`,
      '--bind-address=127.0.0.1',
      // Each of its 45 controllers requests a token before any starts: at the default of 20 requests a second that takes 5 s.
      '--kube-api-qps=300',
      '--kube-api-burst=500',
      // Kubernetes' 15 s would make every test of an autoscaler wait.
      '--horizontal-pod-autoscaler-sync-period=5s',
    ],
    ready: (cancel) => healthy(inst, { port: ports.controllerManager, path: '/healthz', tls: true }, cancel),
    deadlineMs: 60_000,
  };
}

/** kube-scheduler. */
export function scheduler(inst: Instance, programs: NodePrograms): NodeProcess {
  return {
    name: 'kube-scheduler',
    command: [
      programs['kube-scheduler'],
      ...kubeconfigFlags(clientKubeconfig(inst, 'scheduler')),
      '--leader-elect=false',
      '--bind-address=127.0.0.1',
    ],
    ready: (cancel) => healthy(inst, { port: ports.scheduler, path: '/healthz', tls: true }, cancel),
    deadlineMs: 60_000,
  };
}

function kubeconfigFlags(file: string): readonly string[] {
  return ['kubeconfig', 'authentication-kubeconfig', 'authorization-kubeconfig'].map(
    (flag) => `--${flag}=${file}`,
  );
}
