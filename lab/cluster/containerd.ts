import { join } from 'node:path';
import { sockets } from './addresses.ts';
import type { Instance } from './instance.ts';
import { folderOf, type NodeProcess, nodeExec } from './node-process.ts';
import type { NodePrograms } from './programs.ts';

/** The namespace of the kubelet's images and containers. */
export const containerdNamespace = 'k8s.io';

/** containerd: runs pods through runc, and keeps the images. */
export function containerd(inst: Instance, programs: NodePrograms): NodeProcess {
  return {
    name: 'containerd',
    command: [programs.containerd, '--config', containerdConfigFile(inst)],
    path: [folderOf(programs['containerd-shim-runc-v2'])],
    ready: async (cancel) => {
      await nodeExec(inst, [programs.ctr, '--address', sockets.containerd, 'version'], {
        timeoutMs: 5_000,
        ...cancel,
      });
      return { value: undefined };
    },
    deadlineMs: 30_000,
  };
}

/** Where `containerdConfig` is read from. */
export function containerdConfigFile(inst: Instance): string {
  return join(inst.stateDir, 'containerd.toml');
}

/** Where `cniConfig` is read from; the only file of its folder. */
export function cniConfigFile(inst: Instance): string {
  return join(inst.stateDir, 'cni', '10-lab.conflist');
}

/**
 * containerd's configuration, format 3 of containerd 2.
 * @param pauseImage the image that holds a pod's namespaces.
 */
export function containerdConfig(inst: Instance, pauseImage: string): string {
  const text = (value: string) => JSON.stringify(value);
  return `version = 3
root = ${text(join(inst.stateDir, 'containerd'))}
state = "/run/containerd"
disabled_plugins = ["io.containerd.nri.v1.nri", "io.containerd.tracing.processor.v1.otlp", "io.containerd.internal.v1.tracing", "io.containerd.snapshotter.v1.blockfile", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs"]
[grpc]
  address = ${text(sockets.containerd)}
[plugins.'io.containerd.cri.v1.images']
  snapshotter = "overlayfs"
  [plugins.'io.containerd.cri.v1.images'.pinned_images]
    sandbox = ${text(pauseImage)}
[plugins.'io.containerd.cri.v1.runtime']
  disable_apparmor = true
  # A root without CAP_SYS_RESOURCE may not lower a process's oom score: every sandbox would fail.
  restrict_oom_score_adj = true
  enable_selinux = false
  [plugins.'io.containerd.cri.v1.runtime'.cni]
    bin_dirs = ["/usr/lib/cni"]
    conf_dir = ${text(join(cniConfigFile(inst), '..'))}
    max_conf_num = 1
  [plugins.'io.containerd.cri.v1.runtime'.containerd]
    default_runtime_name = "runc"
    [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
        BinaryName = "/usr/sbin/runc"
        SystemdCgroup = false
`;
}

/** Pod networking: a routed pair for each pod, so that all pod traffic crosses the node's forward hook. */
export function cniConfig(podRange: string): string {
  const content = {
    cniVersion: '1.0.0',
    name: 'lab',
    plugins: [
      {
        type: 'ptp',
        ipMasq: false,
        mtu: 1500,
        ipam: {
          type: 'host-local',
          dataDir: '/run/cni-ipam',
          ranges: [[{ subnet: podRange }]],
          routes: [{ dst: '0.0.0.0/0' }],
        },
      },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
