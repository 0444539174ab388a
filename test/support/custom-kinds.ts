import { customDefinitionFiles } from '../../checks/kubernetes-schemas/custom.ts';
import { type Cluster, kubectl } from '../../src/kubernetes/kubectl.ts';
import { waitFor } from '../../src/process/wait-for.ts';

/**
 * KEDA's, Gateway API's and the others' kinds, from their own definitions. No controller acts on them then, but the
 * server checks them. Repeating it changes nothing.
 */
export async function defineCustomKinds(cluster: Cluster): Promise<void> {
  const files = (await customDefinitionFiles()).flatMap((file) => ['--filename', file]);
  await kubectl(cluster, ['apply', '--server-side', '--force-conflicts', ...files]);
  // kubectl fails at once where a definition has no conditions yet, which a large one has not for some moments.
  await waitFor(
    'the custom kinds to be established',
    async () => {
      await kubectl(cluster, ['wait', 'crd', '--all', '--for=condition=Established', '--timeout=20s']);
      return { value: undefined };
    },
    { deadlineMs: 60_000, everyMs: 200 },
  );
}
