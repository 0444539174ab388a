import { beforeAll, describe, expect, it } from 'vitest';
import { rollback } from '../../src/chart/release.ts';
import { getObject, type KubernetesObject, kubectl, listObjects } from '../../src/deploy/kubectl.ts';
import { run } from '../../src/process/run.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { program } from '../../src/tools/programs.ts';
import { cluster, livePods, namespace, upWith } from './support/service.ts';

const release = 'audio-processor';

beforeAll(async () => {
  await upWith({});
});

/** The uids of all live pods of a component: a pod that was restarted or replaced has another one. */
async function uids(component: 'api' | 'worker' | 'broker'): Promise<readonly (string | undefined)[]> {
  return (await livePods(component)).map((pod) => pod.metadata.uid).sort();
}

async function revision(): Promise<number> {
  const helm = await program('helm');
  const args = [
    'history',
    release,
    '--namespace',
    namespace,
    '--output',
    'json',
    '--kubeconfig',
    cluster().kubeconfig ?? '',
  ];
  const { stdout } = await run(helm, args, { timeoutMs: 30_000 });
  return Math.max(...(JSON.parse(stdout) as readonly { revision: number }[]).map((one) => one.revision));
}

function environment(object: KubernetesObject | undefined): readonly { name: string; value?: string }[] {
  const spec = object?.spec as { template: { spec: { containers: readonly { env: [] }[] } } } | undefined;
  return spec?.template.spec.containers[0]?.env ?? [];
}

describe('helm upgrade by Helm 4 with server-side apply', () => {
  it('with nothing changed makes a revision and restarts no pod', async () => {
    const before = { api: await uids('api'), worker: await uids('worker'), broker: await uids('broker') };
    const from = await revision();
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
    await upWith({ app: { logLevel: 'DEBUG' } });
    expect(await uids('broker')).toEqual(before.broker);
    expect(await uids('api')).not.toEqual(before.api);
  });

  it('can be rolled back to what ran before', async () => {
    const broker = await uids('broker');
    const target = (await revision()) - 1;
    await rollback({ release, namespace, revision: target, timeoutSeconds: 120, ...cluster() });
    await waitFor(
      'the API of the revision before',
      async () => {
        const config = await getObject(cluster(), 'configmap', 'ml-service-config', namespace);
        const level = (config?.data as Record<string, string> | undefined)?.LOG_LEVEL;
        const pods = await listObjects(cluster(), 'pods', namespace, 'app.kubernetes.io/component=api');
        const leaving = pods.filter((pod) => pod.metadata.deletionTimestamp !== undefined).length;
        return level === 'INFO' && leaving === 0
          ? { done: true }
          : { seen: `LOG_LEVEL ${level}, ${leaving} old pods` };
      },
      { deadlineMs: 120_000, everyMs: 500 },
    );
    expect(await uids('broker')).toEqual(broker);
    expect(environment(await getObject(cluster(), 'deployment', 'audio-processor', namespace))).not.toEqual(
      [],
    );
  });
});
