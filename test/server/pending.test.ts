import { beforeEach, describe, expect, it } from 'vitest';
import { pendingRevisions, settlePending } from '../../src/deploy/pending.ts';
import { applyObjects } from '../../src/kubernetes/kubectl.ts';
import { cluster, freshNamespace } from './support.ts';

const release = 'audio-processor';

let namespace: string;
beforeEach(async () => {
  namespace = await freshNamespace();
});

/** Helm's record of a revision, as its Secret driver labels it. */
async function record(revision: number, status: string, name = release): Promise<string> {
  const secret = `sh.helm.release.v1.${name}.v${revision}`;
  const labels = { owner: 'helm', name, status, version: String(revision) };
  await applyObjects(cluster(), [
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: secret, namespace, labels } },
  ]);
  return secret;
}

describe('a revision whose operation still runs, or was killed', () => {
  it.each(['pending-install', 'pending-upgrade', 'pending-rollback'])('%s is found', async (status) => {
    await record(1, 'deployed');
    const pending = await record(2, status);
    await record(1, 'pending-install', 'another-release');
    expect(await pendingRevisions(cluster(), namespace, release)).toEqual([pending]);
  });

  it('is left alone under refuse, with the command that forgets it', async () => {
    const pending = await record(2, 'pending-upgrade');
    const command = `kubectl delete secret ${pending} --namespace ${namespace}`;
    await expect(settlePending(cluster(), namespace, release, 'refuse')).rejects.toThrow(command);
    expect(await pendingRevisions(cluster(), namespace, release)).toEqual([pending]);
  });

  it('is forgotten under forget', async () => {
    const pending = await record(2, 'pending-upgrade');
    expect(await settlePending(cluster(), namespace, release, 'forget')).toEqual([pending]);
    expect(await pendingRevisions(cluster(), namespace, release)).toEqual([]);
  });
});

it('a release without one is nobody’s to settle', async () => {
  await record(1, 'deployed');
  expect(await settlePending(cluster(), namespace, release, 'refuse')).toEqual([]);
});
