import { type Instance, instance } from '../../../lab/cluster/instance.ts';
import { type NodeImage, nodeUp } from '../../../lab/cluster/node.ts';
import { labImage } from '../../../lab/images/catalog.ts';
import { Steps } from '../../../src/report/steps.ts';

/** The images that a node needs for itself, and no other. */
export async function ownImages(): Promise<readonly NodeImage[]> {
  const names = ['pause', 'coredns', 'metrics-server', 'local-path-provisioner', 'busybox'] as const;
  return Promise.all(names.map((name) => labImage(name)));
}

/** Starts a node without anything on it, and without waiting for metrics; `onLine` gets every line of progress. */
export async function bareNodeUp(
  inst: Instance,
  onLine: (line: string) => void = () => {},
  signal?: AbortSignal,
): Promise<void> {
  const images = await ownImages();
  await nodeUp(inst, {
    steps: new Steps(onLine),
    images,
    metrics: 'later',
    ...(signal === undefined ? {} : { signal }),
  });
}

/** This file as a program, for tests that kill it: `bare-node.ts NAME`. */
const [, file, name] = process.argv;
if (file === import.meta.filename && name !== undefined) {
  await bareNodeUp(instance(name), (line) => process.stderr.write(`${line}\n`));
}
