import type { Versions } from '../versions.ts';
import { pinned, type Source } from './source.ts';

const command = (name: string) => `k8s.io/kubernetes/cmd/${name}`;

/** Kubernetes itself, and the store below its API server. */
export function kubernetesPrograms(pins: Versions): readonly Source[] {
  const [major = '', minor = ''] = pins.kubernetes.node.split('.');
  return [
    {
      kind: 'go',
      name: 'kubernetes',
      upstream: { module: 'k8s.io/kubernetes', version: `v${pins.kubernetes.node}` },
      packages: {
        'kube-apiserver': command('kube-apiserver'),
        'kube-controller-manager': command('kube-controller-manager'),
        'kube-scheduler': command('kube-scheduler'),
        kubelet: command('kubelet'),
        'kube-proxy': command('kube-proxy'),
      },
      // Without it the server reports v0.0.0 and every chart's kubeVersion refuses it.
      stamp: {
        'k8s.io/component-base/version.gitVersion': `v${pins.kubernetes.node}`,
        'k8s.io/component-base/version.gitMajor': major,
        'k8s.io/component-base/version.gitMinor': minor,
      },
      seconds: 350,
    },
    {
      ...pinned(pins, 'etcd', 'go.etcd.io/etcd/server/v3'),
      packages: { etcd: 'go.etcd.io/etcd/server/v3' },
      stamp: {},
      seconds: 21,
    },
  ];
}
