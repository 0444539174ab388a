import { join } from 'node:path';
import { setGpus } from '../../../checks/cluster/gpus.ts';
import { importImages, nameImage } from '../../../lab/cluster/images.ts';
import { allLabImages, labImage } from '../../../lab/images/catalog.ts';
import { deployServices, type LabServices } from '../../../lab/services/services.ts';
import { kubectl } from '../../../src/kubernetes/kubectl.ts';
import { repositoryRoot } from '../../../src/tools/versions.ts';
import { defineCustomKinds } from '../../support/custom-kinds.ts';
import { cluster, labInstance, namespace } from './service.ts';

/** `environments/prod.yaml` and what makes it fit the lab, as `helm -f` takes them. */
export const productionFiles = ['environments/prod.yaml', 'lab/overlays/shrink.yaml'].map((file) =>
  join(repositoryRoot, file),
);

/** Names that `prod` and the README's commands give the application's image, all of which mean the lab's own. */
const imageNames = [
  'registry.example.com/audio-processor:v1.4.2',
  'registry.example.com/audio-processor:v1.4.2-gpu',
  'your-registry.com/audio-processor:v1.1.0',
];

/**
 * Makes the lab one that `prod` can run on: S3 and MasterML, the kind of its route, its images under their names, a
 * fake of Grafana, and two GPUs. What an earlier test left in the namespaces of the service and its monitoring is removed.
 */
export async function prepareForProduction(): Promise<LabServices> {
  await removeNamespaces();
  await defineCustomKinds(cluster());
  const images = await allLabImages();
  for (const alias of imageNames) await nameImage(labInstance(), images['reference-app'].name, alias);
  await importImages(labInstance(), [await labImage('grafana')]);
  await setGpus(labInstance(), 2);
  return deployServices({
    kubeconfig: labInstance().kubeconfig,
    namespace: 'lab-services',
    images: { versitygw: images.versitygw.name, masterml: images.masterml.name },
  });
}

/** Removes the namespaces of the service and its monitoring with all that is in them. */
export async function removeNamespaces(): Promise<void> {
  const args = ['delete', 'namespace', namespace, 'monitoring', '--ignore-not-found', '--wait'];
  // Kubernetes checks every five minutes whether pods with a long grace period are deleted.
  await kubectl(cluster(), args, { timeoutMs: 330_000 });
}
