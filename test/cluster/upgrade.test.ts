import { beforeAll, describe, expect, it } from 'vitest';
import { history, rollback } from '../../src/chart/release.ts';
import { getObject, kubectl, listObjects } from '../../src/kubernetes/kubectl.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { cluster, livePods, namespace, upWith } from './support/service.ts';

const release = 'audio-processor';

beforeAll(async () => {
  await upWith({});
});

/** The uids of all live pods of a component: a pod that was restarted or replaced has another one. */
async function uids(component: 'api' | 'worker' | 'broker'): Promise<readonly (string | undefined)[]> {
  return (await livePods(component)).map((pod) => pod.metadata.uid).sort();
}

async function revision(): Promise<number | undefined> {
  return (await history({ release, namespace, ...cluster() })).at(-1)?.revision;
}

async function logLevel(): Promise<string | undefined> {
  const config = await getObject(cluster(), 'configmap', 'ml-service-config', namespace);
  return (config?.data as Readonly<Record<string, string>> | undefined)?.LOG_LEVEL;
}

describe('helm upgrade by Helm 4 with server-side apply', () => {
  it('with nothing changed makes a revision and restarts no pod', async () => {
    const before = { api: await uids('api'), worker: await uids('worker'), broker: await uids('broker') };
    const from = (await revision()) ?? 0;
    await upWith({});
    expect(await revision()).toBe(from + 1);
    expect({ api: await uids('api'), worker: await uids('worker'), broker: await uids('broker') }).toEqual(
      before,
    );
  });

  it('owns its fields by server-side apply, and meets no conflict', async () => {
    const { stdout } = await kubectl(cluster(), [
      'get',
      'deployment',
      'audio-worker',
      '--namespace',
      namespace,
      '--show-managed-fields',
      '--output',
      'json',
    ]);
    const { metadata } = JSON.parse(stdout) as {
      metadata: { managedFields: readonly { manager: string; operation: string }[] };
    };
    expect(metadata.managedFields).toContainEqual(
      expect.objectContaining({ manager: 'helm', operation: 'Apply' }),
    );
  });

  it('with a changed setting replaces API and workers and leaves the broker alone', async () => {
    const before = { api: await uids('api'), worker: await uids('worker'), broker: await uids('broker') };
    await upWith({ app: { logLevel: 'WARNING' } });
    expect(await uids('broker')).toEqual(before.broker);
    expect(await uids('api')).not.toEqual(before.api);
  });

  it('can be rolled back to what ran before', async () => {
    const broker = await uids('broker');
    expect(await logLevel()).toBe('WARNING');
    const target = ((await revision()) ?? 0) - 1;
    await rollback({ release, namespace, revision: target, timeoutSeconds: 120, ...cluster() });
    await waitFor(
      'the API of the revision before',
      async () => {
        const level = await logLevel();
        const pods = await listObjects(cluster(), 'pods', namespace, 'app.kubernetes.io/component=api');
        const leaving = pods.filter((pod) => pod.metadata.deletionTimestamp !== undefined).length;
        return level !== 'WARNING' && leaving === 0
          ? { value: true }
          : { observed: `LOG_LEVEL ${level}, ${leaving} old pods` };
      },
      { deadlineMs: 120_000, everyMs: 500 },
    );
    expect(await uids('broker')).toEqual(broker);
  });
});
