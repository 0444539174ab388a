import { describe, expect, it } from 'vitest';
import { checkedEnvironments } from '../../checks/environments.ts';
import { renderChart } from '../../src/chart/helm.ts';
import { upgradeInstall } from '../../src/chart/release.ts';
import { cluster, freshMonitoring, freshNamespace, stored } from '../server/support.ts';

describe.each(await checkedEnvironments())('$name on a real API server', ({ valuesFiles }) => {
  it('is installed by Helm, and an upgrade with nothing changed changes no object', async () => {
    const namespace = await freshNamespace();
    const chosen = { namespace, valuesFiles, values: await freshMonitoring() };
    const manifests = await renderChart(chosen);
    const release = { ...cluster(), release: 'audio-processor', ...chosen, wait: false };
    await upgradeInstall(release);
    const before = await stored(namespace, manifests);
    expect(Object.keys(before)).toHaveLength(manifests.length);
    const second = await upgradeInstall(release);
    expect(second.revision).toBe(2);
    expect(await stored(namespace, manifests)).toEqual(before);
  });
});
