import { join } from 'node:path';
import { addresses, clusterDomain, ports } from './addresses.ts';
import { apiGet } from './api.ts';
import type { Instance } from './instance.ts';
import type { NodeProcess } from './node-process.ts';
import { healthy } from './probe.ts';
import type { NodePrograms } from './programs.ts';

/** etcd, one member. Nothing is synced to disk: a lab's data does not outlive its node. */
export function etcd(inst: Instance, programs: NodePrograms): NodeProcess {
  const url = `http://127.0.0.1:${ports.etcd}`;
  const peerUrl = `http://127.0.0.1:${ports.etcdPeer}`;
  return {
    name: 'etcd',
    command: [
      programs.etcd,
      `--data-dir=${join(inst.stateDir, 'etcd')}`,
      '--unsafe-no-fsync',
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      `--listen-peer-urls=${peerUrl}`,
      `--initial-advertise-peer-urls=${peerUrl}`,
      `--initial-cluster=default=${peerUrl}`,
      '--log-level=warn',
    ],
    ready: (cancel) => healthy(inst, { port: ports.etcd, path: '/health', tls: false }, cancel),
    deadlineMs: 30_000,
  };
}

/** kube-apiserver; ready when /readyz answers 200 to a request from the host, as every later caller sends it. */
export function apiServer(inst: Instance, programs: NodePrograms): NodeProcess {
  const pki = (file: string) => join(inst.pkiDir, file);
  return {
    name: 'kube-apiserver',
    command: [
      programs['kube-apiserver'],
      `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
      `--advertise-address=${addresses.node}`,
      '--bind-address=0.0.0.0',
      `--secure-port=${ports.apiServer}`,
      `--service-cluster-ip-range=${addresses.services}`,
      '--authorization-mode=Node,RBAC',
      '--enable-admission-plugins=NodeRestriction',
      '--allow-privileged=true',
      `--client-ca-file=${pki('ca.crt')}`,
      `--tls-cert-file=${pki('apiserver.crt')}`,
      `--tls-private-key-file=${pki('apiserver.key')}`,
      `--kubelet-client-certificate=${pki('apiserver-kubelet-client.crt')}`,
      `--kubelet-client-key=${pki('apiserver-kubelet-client.key')}`,
      `--kubelet-certificate-authority=${pki('ca.crt')}`,
      '--kubelet-preferred-address-types=InternalIP,Hostname',
      `--service-account-issuer=https://kubernetes.default.svc.${clusterDomain}`,
      `--service-account-signing-key-file=${pki('sa.key')}`,
      `--service-account-key-file=${pki('sa.pub')}`,
      `--requestheader-client-ca-file=${pki('front-proxy-ca.crt')}`,
      '--requestheader-allowed-names=front-proxy-client',
      '--requestheader-extra-headers-prefix=X-Remote-Extra-',
      '--requestheader-group-headers=X-Remote-Group',
      '--requestheader-username-headers=X-Remote-User',
      `--proxy-client-cert-file=${pki('front-proxy-client.crt')}`,
      `--proxy-client-key-file=${pki('front-proxy-client.key')}`,
      '--enable-aggregator-routing=true',
      '--profiling=false',
    ],
    ready: async (cancel) => {
      const { status, body } = await apiGet(inst, '/readyz', cancel);
      return status === 200
        ? { value: undefined }
        : { observed: `/readyz answered ${status}: ${body.slice(0, 2000)}` };
    },
    deadlineMs: 90_000,
  };
}
