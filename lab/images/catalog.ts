import { type Program, programs } from '../../src/tools/programs.ts';
import { type Progress, progressOf } from '../../src/tools/progress.ts';
import type { Versions } from '../../src/tools/versions.ts';
import versions from '../../versions.json' with { type: 'json' };
import { grafanaFake, mastermlImage, referenceAppImage } from './applications.ts';
import { busyboxImage } from './busybox.ts';
import { envoyImage } from './envoy.ts';
import { type ImageRecipe, image, type LabImage } from './image.ts';
import { prometheusImage } from './prometheus.ts';
import { redisExporterImage } from './redis-exporter.ts';
import { type StaticImage, staticImage } from './static.ts';
import { valkeyImage } from './valkey.ts';

export type { LabImage } from './image.ts';

/** An image that the lab can run. */
export type ImageName = (typeof imageNames)[number] | (typeof imagesOnDemand)[number];

/** All of them, in the order in which they are made: what others wait for comes first. */
export const imageNames = [
  'pause',
  'coredns',
  'metrics-server',
  'local-path-provisioner',
  'busybox',
  'valkey',
  'versitygw',
  'reference-app',
  'masterml',
  'prometheus',
  'alertmanager',
  'redis-exporter',
] as const;

/** Images that only some tests load: `up` neither builds nor waits for them. */
export const imagesOnDemand = [
  'keda-operator',
  'keda-adapter',
  'keda-webhooks',
  'contour',
  'envoy',
  'grafana',
] as const;

type Note = (line: string) => void;

/** The programs that images carry, to build all of them in one count. */
export const imagePrograms = [
  'pause',
  'coredns',
  'metrics-server',
  'local-path-provisioner',
  'versitygw',
  'prometheus',
  'alertmanager',
] as const satisfies readonly Program[];

/**
 * One image, made if its very inputs were not packed before. Public names are given to our own builds of the same
 * programs, because the node has no way to a registry.
 * @throws {ProblemError} without root, Go, or on another platform than linux-x64, when something has to be made.
 */
export async function labImage(name: ImageName, note?: Note, signal?: AbortSignal): Promise<LabImage> {
  const progress = progressOf(note, signal);
  return image(await recipe(name, progress), progress);
}

/** All images by name. Parts that several share are made once. */
export async function allLabImages(
  note?: Note,
  signal?: AbortSignal,
): Promise<Readonly<Record<(typeof imageNames)[number], LabImage>>> {
  await programs(imagePrograms, note, signal);
  return labImages(imageNames, note, signal);
}

/** Some images by name, one after another. */
export async function labImages<N extends ImageName>(
  names: readonly N[],
  note?: Note,
  signal?: AbortSignal,
): Promise<Readonly<Record<N, LabImage>>> {
  const made: [N, LabImage][] = [];
  for (const name of names) made.push([name, await labImage(name, note, signal)]);
  return Object.fromEntries(made) as Record<N, LabImage>;
}

async function recipe(name: ImageName, progress: Progress): Promise<ImageRecipe> {
  switch (name) {
    case 'busybox':
      return busyboxImage(versions.images.busybox, progress);
    case 'valkey':
      return valkeyImage(versions.images.broker, progress);
    case 'reference-app':
      return referenceAppImage(progress);
    case 'masterml':
      return mastermlImage(progress);
    case 'envoy':
      return envoyImage(versions.images.envoy, progress);
    case 'grafana':
      return grafanaFake(versions.images.grafana, progress);
    case 'prometheus':
      return prometheusImage(versions.images.prometheus, progress);
    case 'redis-exporter':
      return redisExporterImage(versions.images.redisExporter, progress);
    default:
      return staticImage(name, staticImages(versions)[name], progress);
  }
}

/** Images of one static program each: public name, place of the program in the public image, user, port. */
function staticImages({
  images,
  tools,
  customResources,
}: Versions): Readonly<
  Record<
    | Exclude<(typeof imagePrograms)[number], 'prometheus'>
    | Exclude<(typeof imagesOnDemand)[number], 'envoy' | 'grafana'>,
    StaticImage
  >
> {
  const tagged = (repository: string, tool: keyof Versions['tools']) => `${repository}:v${tools[tool]}`;
  const keda = (repository: string, place: string): StaticImage => ({
    name: `ghcr.io/kedacore/${repository}:${customResources.keda}`,
    place,
    config: { user: '1000:1000' },
  });
  return {
    pause: { name: images.pause, place: 'pause', config: { user: '65535:65535' } },
    coredns: {
      name: tagged('registry.k8s.io/coredns/coredns', 'coredns'),
      place: 'coredns',
      config: { user: '65532:65532', ports: [53] },
    },
    'metrics-server': {
      name: tagged('registry.k8s.io/metrics-server/metrics-server', 'metrics-server'),
      place: 'metrics-server',
      config: { user: '65534:65534' },
    },
    'local-path-provisioner': {
      name: tagged('docker.io/rancher/local-path-provisioner', 'local-path-provisioner'),
      place: 'usr/bin/local-path-provisioner',
      config: {},
    },
    versitygw: {
      name: tagged('docker.io/versity/versitygw', 'versitygw'),
      place: 'usr/local/bin/versitygw',
      config: { ports: [7070] },
    },
    alertmanager: {
      name: images.alertmanager,
      place: 'bin/alertmanager',
      beside: 'amtool',
      config: { user: '65534:65534', ports: [9093] },
    },
    'keda-operator': keda('keda', 'keda'),
    'keda-adapter': keda('keda-metrics-apiserver', 'keda-adapter'),
    'keda-webhooks': keda('keda-admission-webhooks', 'keda-admission-webhooks'),
    contour: {
      name: tagged('ghcr.io/projectcontour/contour', 'contour'),
      place: 'bin/contour',
      config: { user: '65534:65534' },
    },
  };
}
