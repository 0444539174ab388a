import { beforeAll, describe, expect, it } from 'vitest';
import { checkedEnvironments } from '../../checks/environments.ts';
import {
  chartDirectory,
  helm,
  type Manifest,
  readManifests,
  renderText,
  valuesArguments,
} from '../../src/chart/helm.ts';
import { apply, cluster, freshMonitoring, freshNamespace, podsOf, stored } from './support.ts';

describe.each(await checkedEnvironments())('$name on a real API server', ({ valuesFiles }) => {
  let namespace: string;
  let text: string;
  let manifests: readonly Manifest[];

  beforeAll(async () => {
    namespace = await freshNamespace();
    text = await renderText({ namespace, valuesFiles, values: await freshMonitoring() });
    manifests = readManifests(text);
  });

  it('renders something', () => {
    expect(manifests.length).toBeGreaterThan(0);
  });

  it('is accepted field by field, without a warning', async () => {
    expect(await apply(namespace, text, { dryRun: true })).toBe('');
  });

  it('makes pods that Pod Security "restricted" admits', async () => {
    expect(await apply(namespace, podsOf(manifests), { dryRun: true })).toBe('');
  });

  it('is applied, and applied again without any change', async () => {
    expect(await apply(namespace, text, { dryRun: false })).toBe('');
    const before = await stored(namespace, manifests);
    expect(Object.keys(before)).toHaveLength(manifests.length);
    await apply(namespace, text, { dryRun: false });
    expect(await stored(namespace, manifests)).toEqual(before);
  });

  it("is accepted by Helm's dry run against the server", async () => {
    const empty = await freshNamespace();
    const options = { valuesFiles, values: await freshMonitoring() };
    const where = ['--namespace', empty, '--kubeconfig', cluster().kubeconfig];
    const args = ['install', 'audio-processor', chartDirectory, '--dry-run=server', ...where];
    const { stdout } = await helm([...args, ...valuesArguments(options)], options, 60_000);
    expect(stdout).toContain('STATUS: pending-install');
  });
});
