import { describe, expect, it } from 'vitest';
import { addonObjects } from '../../../lab/cluster/addons.ts';
import { cgroupsOf } from '../../../lab/cluster/cgroups.ts';
import { cniConfig, containerdConfig } from '../../../lab/cluster/containerd.ts';
import { nodeImages } from '../../../lab/cluster/images.ts';
import { instance } from '../../../lab/cluster/instance.ts';
import { kubeletConfig } from '../../../lab/cluster/kubelet.ts';
import { processesOf } from '../../../lab/cluster/plan.ts';
import { type NodePrograms, nodeProgramNames } from '../../../lab/cluster/programs.ts';
import { proxyConfig } from '../../../lab/cluster/proxy.ts';

const lab = instance('audio-processor-test');
const other = instance('audio-processor-test-two');
const programs = Object.fromEntries(
  nodeProgramNames.map((name) => [name, `/programs/${name}`]),
) as NodePrograms;
const images = nodeImages([
  { name: 'registry.k8s.io/pause:3.10.1', archive: '/pause.tar' },
  { name: 'registry.k8s.io/coredns/coredns:v1.15.0', archive: '/coredns.tar' },
  { name: 'registry.k8s.io/metrics-server/metrics-server:v0.9.0', archive: '/metrics-server.tar' },
  { name: 'docker.io/rancher/local-path-provisioner:v0.0.30', archive: '/local-path.tar' },
  { name: 'docker.io/library/busybox:1.37', archive: '/busybox.tar' },
  { name: 'localhost/audio-processor-reference:1', archive: '/reference.tar' },
]);

describe('the node’s own images', () => {
  it('are found among all by the end of their repository', () => {
    expect(images).toEqual({
      pause: 'registry.k8s.io/pause:3.10.1',
      coredns: 'registry.k8s.io/coredns/coredns:v1.15.0',
      'metrics-server': 'registry.k8s.io/metrics-server/metrics-server:v0.9.0',
      'local-path-provisioner': 'docker.io/rancher/local-path-provisioner:v0.0.30',
      busybox: 'docker.io/library/busybox:1.37',
    });
  });

  it('that are missing are all named', () => {
    const given = [{ name: 'registry:5000/pause@sha256:0', archive: '/pause.tar' }];
    expect(() => nodeImages(given)).toThrow(
      /named coredns\n.*named metrics-server\n.*named local-path-provisioner\n.*named busybox$/,
    );
  });
});

describe('cgroups', () => {
  const v1 = ['cpu', 'memory', 'memory'].map((name) => ({
    target: `/sys/fs/cgroup/${name}`,
    type: 'cgroup',
  }));

  it('are version 1 where controllers have separate hierarchies, each taken once', () => {
    const hybrid = [...v1, { target: '/sys/fs/cgroup/unified', type: 'cgroup2' }];
    expect(cgroupsOf(hybrid)).toEqual({ version: 1, roots: ['/sys/fs/cgroup/cpu', '/sys/fs/cgroup/memory'] });
  });

  it('are version 2 where one hierarchy holds all', () => {
    const list = [
      { target: '/', type: 'ext4' },
      { target: '/sys/fs/cgroup', type: 'cgroup2' },
    ];
    expect(cgroupsOf(list)).toEqual({ version: 2, roots: ['/sys/fs/cgroup'] });
  });

  it('decide whether the kubelet is configured to accept version 1', () => {
    const configuration = (version: 1 | 2) => JSON.parse(kubeletConfig(lab, { version, roots: [] }));
    expect(configuration(1)).toHaveProperty('failCgroupV1', false);
    expect(configuration(2)).not.toHaveProperty('failCgroupV1');
  });
});

describe('configuration files', () => {
  it('hold what the instance owns and nothing of another', () => {
    const files = [
      containerdConfig(lab, images.pause),
      kubeletConfig(lab, { version: 1, roots: [] }),
      proxyConfig(lab),
    ];
    for (const file of files) {
      expect(file).toContain(lab.stateDir);
      expect(file).not.toContain(other.name);
    }
    expect(JSON.parse(kubeletConfig(lab, { version: 1, roots: [] }))).toMatchObject({
      cgroupRoot: lab.cgroup,
    });
  });

  it('name the pause image to containerd', () => {
    expect(containerdConfig(lab, images.pause)).toContain('sandbox = "registry.k8s.io/pause:3.10.1"');
  });

  it('route pods without masquerading', () => {
    expect(JSON.parse(cniConfig('10.244.0.0/24'))).toMatchObject({
      plugins: [
        { type: 'ptp', ipMasq: false, ipam: { ranges: [[{ subnet: '10.244.0.0/24' }]] } },
        { type: 'portmap' },
      ],
    });
  });
});

describe('processes', () => {
  const all = Object.values(processesOf(lab, programs));

  it('have a log, a bounded wait and an absolute program each', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    for (const { name, command, deadlineMs } of all) {
      expect(command[0], name).toMatch(name.startsWith('forward') ? /^socat$/ : /^\/programs\//);
      expect(deadlineMs, name).toBeLessThanOrEqual(90_000);
    }
  });

  it('are in the node’s network, but for the end of the forward, which listens on loopback only', () => {
    const outside = all.filter(({ hostNetwork }) => hostNetwork === true);
    expect(outside.map(({ command }) => command)).toEqual([
      [
        'socat',
        `TCP-LISTEN:${lab.apiPort},bind=127.0.0.1,reuseaddr,fork`,
        'UNIX-CONNECT:/run/api-server.sock',
      ],
    ]);
  });
});

describe('addons', () => {
  const objects = addonObjects(lab, images);

  it('make one default storage class, for claims of any pod', () => {
    const classes = objects.filter(({ kind }) => kind === 'StorageClass');
    expect(classes).toEqual([
      expect.objectContaining({
        metadata: {
          name: 'local-path',
          annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
        },
        volumeBindingMode: 'WaitForFirstConsumer',
      }),
    ]);
  });

  it('run as no root, without capabilities, on a read-only file system', () => {
    const deployments = objects.filter(({ kind }) => kind === 'Deployment');
    expect(deployments.map(({ metadata }) => metadata.name)).toEqual([
      'coredns',
      'local-path-provisioner',
      'metrics-server',
    ]);
    for (const deployment of deployments) {
      expect(deployment).toMatchObject({
        spec: {
          template: {
            spec: {
              securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
              containers: [
                {
                  imagePullPolicy: 'IfNotPresent',
                  securityContext: {
                    allowPrivilegeEscalation: false,
                    readOnlyRootFilesystem: true,
                    capabilities: { drop: ['ALL'] },
                  },
                },
              ],
            },
          },
        },
      });
    }
  });

  it('answer DNS at the address that the kubelet sets in every pod', () => {
    const service = objects.find(({ metadata }) => metadata.name === 'kube-dns');
    const { clusterDNS } = JSON.parse(kubeletConfig(lab, { version: 1, roots: [] })) as {
      clusterDNS: string[];
    };
    expect(service).toMatchObject({ spec: { clusterIP: clusterDNS[0] } });
  });
});
