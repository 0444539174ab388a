import { describe, expect, it } from 'vitest';
import { checkedOverlays } from '../../checks/environments.ts';
import { readManifests, renderText } from '../../src/chart/helm.ts';
import { apply, freshMonitoring, freshNamespace, stored } from '../server/support.ts';

describe.each(await checkedOverlays())('$name', ({ valuesFiles }) => {
  it('is applied, and applied again without any change', async () => {
    const namespace = await freshNamespace();
    const text = await renderText({ namespace, valuesFiles, values: await freshMonitoring() });
    const manifests = readManifests(text);
    await apply(namespace, text, { dryRun: false });
    const before = await stored(namespace, manifests);
    expect(Object.keys(before)).toHaveLength(manifests.length);
    await apply(namespace, text, { dryRun: false });
    expect(await stored(namespace, manifests)).toEqual(before);
  });
});
