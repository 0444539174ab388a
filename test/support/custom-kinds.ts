import { customDefinitionFiles } from '../../src/checks/kubernetes-schemas/custom.ts';
import { type Cluster, kubectl } from '../../src/deploy/kubectl.ts';

/**
 * KEDA's, Gateway API's and the others' kinds, from their own definitions. No controller acts on them then, but the
 * server checks them. Repeating it changes nothing.
 */
export async function defineCustomKinds(cluster: Cluster): Promise<void> {
  const files = (await customDefinitionFiles()).flatMap((file) => ['--filename', file]);
  await kubectl(cluster, ['apply', '--server-side', '--force-conflicts', ...files]);
  await kubectl(cluster, ['wait', 'crd', '--all', '--for=condition=Established', '--timeout=50s']);
}
