import { type Cluster, kubectl, listObjects } from '../kubernetes/kubectl.ts';
import { ProblemError } from '../report/problem.ts';

/**
 * Helm's records of revisions whose operation still runs, or was killed. While one exists, Helm refuses
 * every further command on the release ("another operation is in progress").
 */
export async function pendingRevisions(
  cluster: Cluster,
  namespace: string,
  release: string,
): Promise<readonly string[]> {
  const states = 'status in (pending-install,pending-upgrade,pending-rollback)';
  const records = await listObjects(cluster, 'secrets', namespace, `owner=helm,name=${release},${states}`);
  return records.map((record) => record.metadata.name);
}

/**
 * Makes way for the next revision.
 * `forget`: nobody else uses this cluster, so a pending revision is that of a run that was killed; its record is removed
 * and the revision before it is the newest again. `refuse`: another operation may still run, so the user decides.
 * @returns the records that were removed.
 * @throws {ProblemError} under `refuse`, with the command that forgets the revision.
 */
export async function settlePending(
  cluster: Cluster,
  namespace: string,
  release: string,
  policy: 'forget' | 'refuse',
): Promise<readonly string[]> {
  const records = await pendingRevisions(cluster, namespace, release);
  if (records.length === 0) return records;
  if (policy === 'refuse') {
    throw new ProblemError([
      {
        message: `another Helm is changing release ${release}, or was killed while it did`,
        found: records.join(', '),
        allowed: 'no pending revision',
        remedy: `when no other Helm runs: kubectl delete secret ${records.join(' ')} --namespace ${namespace}`,
      },
    ]);
  }
  await kubectl(cluster, ['delete', 'secret', ...records, '--namespace', namespace, '--ignore-not-found']);
  return records;
}
