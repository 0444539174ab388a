import { beforeAll, describe, expect, it } from 'vitest';
import { apply, freshNamespace, stored } from './support.ts';

const container = {
  name: 'main',
  image: 'registry.example.com/main:1',
  env: [{ name: 'LOG_LEVEL', value: 'info' }] as readonly object[],
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  } as object,
};

describe('what the API server tier is there to refuse', () => {
  let namespace: string;
  beforeAll(async () => {
    namespace = await freshNamespace();
  });

  it('accepts the deployment that the cases below break', async () => {
    expect(await apply(namespace, deployment(container), { dryRun: true })).toBe('');
  });

  it('refuses an unknown field', async () => {
    const misspelt = deployment({ ...container, imagePullPolcy: 'Always' });
    await expect(apply(namespace, misspelt, { dryRun: true })).rejects.toThrow(/imagePullPolcy/);
  });

  it('refuses an environment variable given twice', async () => {
    const twice = deployment({ ...container, env: [...container.env, ...container.env] });
    await expect(apply(namespace, twice, { dryRun: true })).rejects.toThrow(
      /duplicate entries for key \[name="LOG_LEVEL"\]/,
    );
  });

  it('refuses what no schema can know: a selector that does not match the pods', async () => {
    const unmatched = deployment(container, { app: 'other' });
    await expect(apply(namespace, unmatched, { dryRun: true })).rejects.toThrow(
      /`selector` does not match template `labels`/,
    );
  });

  it('warns of a workload whose pods Pod Security would refuse', async () => {
    const unhardened = deployment({ ...container, securityContext: {} });
    expect(await apply(namespace, unhardened, { dryRun: true })).toMatch(
      /would violate PodSecurity "restricted/,
    );
  });

  it('refuses the pod itself', async () => {
    const pod = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'main' },
      spec: { containers: [{ ...container, securityContext: {} }] },
    });
    await expect(apply(namespace, pod, { dryRun: true })).rejects.toThrow(/violates PodSecurity "restricted/);
  });

  it('shows a changed object by its stored version', async () => {
    const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } };
    const write = (value: string) =>
      apply(namespace, JSON.stringify({ ...manifest, data: { value } }), { dryRun: false });
    await write('one');
    const before = await stored(namespace, [manifest]);
    await write('two');
    expect(await stored(namespace, [manifest])).not.toEqual(before);
  });
});

function deployment(main: object, selector: Readonly<Record<string, string>> = { app: 'main' }): string {
  return JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'main' },
    spec: {
      selector: { matchLabels: selector },
      template: { metadata: { labels: { app: 'main' } }, spec: { containers: [main] } },
    },
  });
}
