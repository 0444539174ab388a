import { beforeAll, describe, expect, it } from 'vitest';
import type { LabOutcome } from '../../cli/up-lab.ts';
import { makeSecretOnce, readSecret } from '../../src/deploy/secrets.ts';
import { listObjects } from '../../src/kubernetes/kubectl.ts';
import { commandsFor } from '../support/documented-commands.ts';
import { cluster, livePods, namespace, runUp, upWith } from './support/service.ts';

let first: LabOutcome;
beforeAll(async () => {
  first = await upWith({});
});

describe('up ends with the features of every sample', () => {
  it('and is the one command of the README', async () => {
    expect(await commandsFor('README.md', 'test/cluster/up.test.ts')).toEqual(['npm run up\n']);
  });

  it('each as its closed form requires', () => {
    expect(first.ok).toBe(true);
    expect(first.samples.length).toBeGreaterThanOrEqual(4);
    for (const { sample, status, features, mismatches } of first.samples) {
      expect(mismatches, sample).toEqual([]);
      expect(status, sample).toBe('completed');
      expect(Object.keys(features), sample).not.toEqual([]);
    }
  });

  it('with the Services of the names that operators type', async () => {
    const services = await listObjects(cluster(), 'services', namespace);
    expect(services.map((service) => service.metadata.name).sort()).toEqual([
      'alertmanager-service',
      'audio-processor-service',
      'prometheus-service',
      'redis-service',
    ]);
  });
});

describe('up a second time', () => {
  it('restarts no pod and rewrites no Secret', async () => {
    const uids = async () => {
      const pods = await Promise.all((['api', 'worker', 'broker'] as const).map(livePods));
      return pods
        .flat()
        .map((pod) => pod.metadata.uid)
        .sort();
    };
    const before = {
      pods: await uids(),
      secret: await readSecret(cluster(), namespace, 'ml-service-secrets'),
    };
    const again = await upWith({});
    expect(again.ok).toBe(true);
    expect({
      pods: await uids(),
      secret: await readSecret(cluster(), namespace, 'ml-service-secrets'),
    }).toEqual(before);
  });
});

/** Secrets of the namespace, Helm's records of revisions among them. */
async function secretNames(): Promise<readonly string[]> {
  return (await listObjects(cluster(), 'secrets', namespace)).map((secret) => secret.metadata.name).sort();
}

describe('a Secret that lacks a key', () => {
  it('is refused by name before Helm is called, with the command that adds the key', async () => {
    const lacking = 'a-secret-without-password';
    await makeSecretOnce(cluster(), namespace, lacking, () => ({ S3_ACCESS_KEY: 'a', S3_SECRET_KEY: 'b' }));
    const before = await secretNames();
    const { exitCode, stderr } = await runUp({ secrets: { name: lacking } });
    expect(stderr).toContain(`Secret ${lacking} in namespace ${namespace} lacks the key REDIS_PASSWORD`);
    expect(stderr).toContain(`kubectl patch secret ${lacking} --namespace ${namespace}`);
    expect(exitCode).toBe(2);
    expect(await secretNames()).toEqual(before);
  });
});
