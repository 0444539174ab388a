import { describe, expect, it } from 'vitest';
import { checkedOverlays } from '../../checks/environments.ts';
import { readManifests, renderText } from '../../src/chart/helm.ts';
import { apply, freshMonitoring, freshNamespace, podsOf } from './support.ts';

describe.each(await checkedOverlays())('$name on a real API server', ({ valuesFiles }) => {
  it('is accepted field by field, with pods that Pod Security admits, without a warning', async () => {
    const namespace = await freshNamespace();
    const text = await renderText({ namespace, valuesFiles, values: await freshMonitoring() });
    expect(await apply(namespace, text, { dryRun: true })).toBe('');
    for (const priorityClass of priorityClassesOf(text)) {
      await apply(namespace, priorityClass, { dryRun: false });
    }
    expect(await apply(namespace, podsOf(readManifests(text)), { dryRun: true })).toBe('');
  });
});

/** Those that the pods name: a cluster has them, the chart makes none. */
function priorityClassesOf(text: string): readonly string[] {
  const names = [...text.matchAll(/priorityClassName: "?([\w-]+)/g)].map(([, name]) => name);
  return [...new Set(names)].map((name) =>
    JSON.stringify({
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name },
      value: 1000,
    }),
  );
}
