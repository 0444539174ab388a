import { versions } from '../../src/tools/versions.ts';
import { mastermlImage, referenceAppImage } from './applications.ts';
import { busyboxImage } from './busybox.ts';
import { type ImageRecipe, image, type LabImage } from './image.ts';
import { staticImage } from './static.ts';
import { valkeyImage } from './valkey.ts';

export type { LabImage } from './image.ts';

/** An image that the lab's node needs. */
export type ImageName = (typeof imageNames)[number];

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
] as const;

type Note = (line: string) => void;

/**
 * One image, made if its very inputs were not packed before. Public names stand for our own builds of the same
 * programs, because the node has no way to a registry.
 * @throws {ProblemError} without root, Go, or on another platform than linux-x64, when something has to be made.
 */
export async function labImage(name: ImageName, note: Note = () => {}): Promise<LabImage> {
  return image(await recipe(name, note), note);
}

/** All images by name. Parts that several share are made once. */
export async function allLabImages(note: Note = () => {}): Promise<Readonly<Record<ImageName, LabImage>>> {
  const made: [ImageName, LabImage][] = [];
  for (const name of imageNames) made.push([name, await labImage(name, note)]);
  return Object.fromEntries(made) as Record<ImageName, LabImage>;
}

async function recipe(name: ImageName, note: Note): Promise<ImageRecipe> {
  const { images, tools } = versions();
  const tag = (tool: string) => `v${tools[tool]}`;
  switch (name) {
    case 'pause':
      return staticImage(images.pause, 'pause', 'pause', { user: '65535:65535' }, note);
    case 'coredns':
      return staticImage(
        `registry.k8s.io/coredns/coredns:${tag('coredns')}`,
        'coredns',
        'coredns',
        { user: '65532:65532', ports: [53] },
        note,
      );
    case 'metrics-server':
      return staticImage(
        `registry.k8s.io/metrics-server/metrics-server:${tag('metrics-server')}`,
        'metrics-server',
        'metrics-server',
        { user: '65534:65534' },
        note,
      );
    case 'local-path-provisioner':
      return staticImage(
        `docker.io/rancher/local-path-provisioner:${tag('local-path-provisioner')}`,
        'local-path-provisioner',
        'usr/bin/local-path-provisioner',
        {},
        note,
      );
    case 'versitygw':
      return staticImage(
        `docker.io/versity/versitygw:${tag('versitygw')}`,
        'versitygw',
        'usr/local/bin/versitygw',
        { ports: [7070] },
        note,
      );
    case 'busybox':
      return busyboxImage(images.busybox, note);
    case 'valkey':
      return valkeyImage(images.broker, note);
    case 'reference-app':
      return referenceAppImage(note);
    case 'masterml':
      return mastermlImage(note);
  }
}
