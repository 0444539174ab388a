import type { Versions } from '../versions.ts';
import { pinned, type Source } from './source.ts';

const containerd = (command: string) => `github.com/containerd/containerd/v2/cmd/${command}`;

/** What a node runs beside Kubernetes' own programs. */
export function nodePrograms(pins: Versions): readonly Source[] {
  return [
    {
      ...pinned(pins, 'containerd', 'github.com/containerd/containerd/v2'),
      packages: {
        containerd: containerd('containerd'),
        'containerd-shim-runc-v2': containerd('containerd-shim-runc-v2'),
        ctr: containerd('ctr'),
      },
      stamp: { 'github.com/containerd/containerd/v2/version.Version': `v${pins.tools.containerd}` },
      seconds: 50,
    },
    {
      ...pinned(pins, 'coredns', 'github.com/coredns/coredns'),
      packages: { coredns: 'github.com/coredns/coredns' },
      stamp: {},
      seconds: 150,
    },
    {
      ...pinned(pins, 'metrics-server', 'sigs.k8s.io/metrics-server'),
      packages: { 'metrics-server': 'sigs.k8s.io/metrics-server/cmd/metrics-server' },
      stamp: { 'k8s.io/client-go/pkg/version.gitVersion': `v${pins.tools['metrics-server']}` },
      seconds: 120,
    },
    {
      ...pinned(pins, 'local-path-provisioner', 'github.com/rancher/local-path-provisioner'),
      packages: { 'local-path-provisioner': 'github.com/rancher/local-path-provisioner' },
      stamp: { 'main.VERSION': `v${pins.tools['local-path-provisioner']}` },
      seconds: 58,
    },
    { kind: 'go', name: 'pause', packages: { pause: 'audio-processor/tools/pause' }, stamp: {}, seconds: 3 },
  ];
}
