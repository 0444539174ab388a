import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Manifest,
  type RenderOptions,
  readManifests,
  renderBy,
  renderChart,
} from '../../src/chart/helm.ts';
import { rendererSocket } from '../../src/chart/renderer.ts';

const root = join(import.meta.dirname, '..', '..');

/** Path of an overlay of `test/overlays`. */
export const overlay = (name: string): string => join(root, 'test', 'overlays', `${name}.yaml`);

/** One input for which every invariant must be true. */
export interface Case {
  readonly title: string;
  readonly options: RenderOptions;
}

/** The defaults, every environment, every overlay, and releases whose names are foreign or as long as Helm allows. */
export function cases(): readonly Case[] {
  const yaml = (folder: string) =>
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith('.yaml'))
      .sort()
      .map((file) => ({
        title: `${folder}/${file}`,
        options: { valuesFiles: [join(root, folder, file)] },
      }));
  return [
    { title: 'defaults', options: {} },
    ...yaml('environments'),
    ...yaml('test/overlays'),
    { title: 'another release', options: { release: 'second', valuesFiles: everything } },
    { title: 'a release name of 53 characters', options: { release: longRelease, valuesFiles: everything } },
  ];
}

const everything = [overlay('all-features'), overlay('monitoring')];

/** The longest release name that Helm takes. */
export const longRelease = 'r'.repeat(53);

/** An environment variable of a container. */
export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly secretKeyRef: { readonly name: string; readonly key: string; readonly optional?: boolean };
  };
}

interface Probe {
  readonly exec?: { readonly command: readonly string[] };
  readonly httpGet?: { readonly path: string; readonly port: string };
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
  readonly terminationGracePeriodSeconds?: number;
}

/** The parts of a container that the tests check. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly EnvVar[];
  readonly envFrom?: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  readonly resources: Readonly<Record<'requests' | 'limits', Readonly<Record<string, string>>>>;
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly lifecycle?: {
    readonly preStop: {
      readonly exec?: { readonly command: readonly string[] };
      readonly sleep?: { readonly seconds: number };
    };
  };
  readonly startupProbe: Probe;
  readonly readinessProbe: Probe;
  readonly livenessProbe: Probe;
}

/** The parts of a pod that the tests check. */
export interface PodSpec {
  readonly serviceAccountName?: string;
  readonly automountServiceAccountToken: boolean;
  readonly enableServiceLinks: boolean;
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly terminationGracePeriodSeconds: number;
  readonly containers: readonly [Container, ...Container[]];
  readonly imagePullSecrets?: readonly { readonly name: string }[];
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly affinity?: Readonly<Record<string, unknown>>;
  readonly tolerations?: readonly Readonly<Record<string, unknown>>[];
  readonly topologySpreadConstraints?: readonly Readonly<Record<string, unknown>>[];
  readonly volumes: readonly {
    readonly name: string;
    readonly emptyDir?: { readonly sizeLimit?: string; readonly medium?: string };
    readonly configMap?: {
      readonly name: string;
      readonly optional?: boolean;
      readonly items?: readonly { readonly key: string }[];
    };
    readonly persistentVolumeClaim?: { readonly claimName: string };
  }[];
}

/** A Deployment or StatefulSet. */
export interface Workload extends Manifest {
  readonly spec: {
    readonly replicas?: number;
    readonly progressDeadlineSeconds?: number;
    readonly strategy?: Readonly<Record<string, unknown>>;
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly template: {
      readonly metadata: {
        readonly labels: Readonly<Record<string, string>>;
        readonly annotations: Readonly<Record<string, string>>;
      };
      readonly spec: PodSpec;
    };
  };
}

/** A Service. */
export interface Service extends Manifest {
  readonly spec: {
    readonly selector: Readonly<Record<string, string>>;
    readonly ports: readonly { readonly name: string; readonly port: number; readonly targetPort: string }[];
  };
}

/** A ConfigMap. */
export interface ConfigMap extends Manifest {
  readonly data: Readonly<Record<string, string>>;
}

/** What was rendered, by kind. */
export interface Rendering {
  readonly objects: readonly Manifest[];
  readonly workloads: readonly Workload[];
  readonly services: readonly Service[];
  readonly configMaps: readonly ConfigMap[];
  /** The workload of this name; throws with the names that there are. */
  workload(name: string): Workload;
  /** Its first container. */
  container(name: string): Container;
}

/** Renders and sorts by kind. */
export async function render(options: RenderOptions = {}): Promise<Rendering> {
  return sorted(await renderChart(options));
}

/** Objects by kind. */
export function sorted(objects: readonly Manifest[]): Rendering {
  const ofKind = <T extends Manifest>(...kinds: readonly string[]) =>
    objects.filter((object): object is T => kinds.includes(object.kind));
  const workloads = ofKind<Workload>('Deployment', 'StatefulSet');
  const workload = (name: string) => {
    const found = workloads.find((one) => one.metadata.name === name);
    if (found === undefined) {
      throw new Error(
        `no workload ${name}; there are ${workloads.map((one) => one.metadata.name).join(', ')}`,
      );
    }
    return found;
  };
  return {
    objects,
    workloads,
    services: ofKind<Service>('Service'),
    configMaps: ofKind<ConfigMap>('ConfigMap'),
    workload,
    container: (name) => workload(name).spec.template.spec.containers[0],
  };
}

/** What Helm makes of the values: the objects, and what it prints after an install. */
export interface Install {
  readonly objects: readonly Manifest[];
  readonly notes: string;
}

/** Renders objects and notes at once. */
export async function install(options: RenderOptions): Promise<Install> {
  const socket = rendererSocket();
  if (socket === undefined) throw new Error('no renderer: test/support/renderer.setup.ts starts one');
  const { output, notes: printed } = await renderBy(socket, options);
  return { objects: readManifests(output), notes: printed };
}

/** What Helm prints after an install. */
export async function notes(options: RenderOptions): Promise<string> {
  return (await install(options)).notes;
}

/** The container's environment by name; a reference to a Secret is `<secret>/<key>`. */
export function envOf(container: Pick<Container, 'env'>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (container.env ?? []).map(({ name, value, valueFrom }) => [
      name,
      value ?? `${valueFrom?.secretKeyRef.name}/${valueFrom?.secretKeyRef.key}`,
    ]),
  );
}

/** Whether a selector matches labels. */
export function selects(
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** The one object of a kind and name; throws with those of the kind that there are. */
export function only(rendered: Rendering, kind: string, name: string): Manifest {
  const found = rendered.objects.find((one) => one.kind === kind && one.metadata.name === name);
  if (found === undefined)
    throw new Error(`no ${kind}/${name}; there are ${titles(rendered, kind).join(', ')}`);
  return found;
}

/** `Kind/name` of every object of the kinds, sorted. */
export function titles({ objects }: Rendering, ...kinds: readonly string[]): readonly string[] {
  return objects
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ kind, metadata }) => `${kind}/${metadata.name}`)
    .sort();
}
