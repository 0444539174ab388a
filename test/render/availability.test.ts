import { describe, expect, test } from 'vitest';
import type { RenderOptions } from '../../src/chart/helm.ts';
import { only, overlay, render, titles } from './support.ts';

const cpu = (own: object) => ({ values: { workers: { pools: { cpu: own } } } });
const everything = { valuesFiles: [overlay('all-features')] };

describe('a budget for drains', () => {
  const budgets = async (values: object) => titles(await render({ values }), 'PodDisruptionBudget');

  test('covers API and pools, one pod at a time', async () => {
    const rendered = await render();
    expect(titles(rendered, 'PodDisruptionBudget')).toEqual([
      'PodDisruptionBudget/audio-processor',
      'PodDisruptionBudget/audio-worker',
    ]);
    expect(only(rendered, 'PodDisruptionBudget', 'audio-worker').spec).toMatchObject({
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    });
  });

  test('is not made for a single fixed pod, for none, or when switched off', async () => {
    const one = { scaling: { replicas: 1 } };
    expect(await budgets({ api: one, workers: { pools: { cpu: one } } })).toEqual([]);
    expect(
      await budgets({ api: { scaling: { min: 1 } }, workers: { pools: { cpu: { enabled: false } } } }),
    ).toEqual([]);
    expect(await budgets({ api: { disruption: { enabled: false } } })).toEqual([
      'PodDisruptionBudget/audio-worker',
    ]);
    expect(await budgets({ api: { scaling: { replicas: 0 } } })).toEqual([
      'PodDisruptionBudget/audio-worker',
    ]);
  });

  test('is rendered where the values do not set the replicas, whatever their number', async () => {
    const api = (scaling: object) => budgets({ api: { scaling } });
    for (const scaling of [{ engine: 'manual' }, { engine: 'hpa', min: 1, max: 1 }]) {
      expect(await api(scaling)).toContain('PodDisruptionBudget/audio-processor');
    }
  });

  test('may be a share, which Kubernetes rounds up', async () => {
    const rendered = await render(everything);
    expect(only(rendered, 'PodDisruptionBudget', 'audio-gpu-worker').spec).toMatchObject({
      maxUnavailable: '50%',
    });
  });
});

describe('pods of a workload keep apart', () => {
  const affinity = async (options: RenderOptions, name: string) =>
    (await render(options)).workload(name).spec.template.spec.affinity;
  const preferred = (labels: object) => ({
    weight: 100,
    podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: labels } },
  });

  test('by preference, each from its own kind', async () => {
    for (const name of ['audio-processor', 'audio-worker']) {
      const { workload } = await render();
      expect(await affinity({}, name)).toEqual({
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            preferred(workload(name).spec.selector.matchLabels),
          ],
        },
      });
    }
  });

  test("beside the user's own affinity, of which nothing is lost", async () => {
    const own = { weight: 7, podAffinityTerm: { topologyKey: 'zone' } };
    const given = {
      nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } },
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [own.podAffinityTerm],
        preferredDuringSchedulingIgnoredDuringExecution: [own],
      },
    };
    const { workload } = await render();
    const labels = workload('audio-worker').spec.selector.matchLabels;
    expect(await affinity(cpu({ scheduling: { affinity: given } }), 'audio-worker')).toEqual({
      ...given,
      podAntiAffinity: {
        ...given.podAntiAffinity,
        preferredDuringSchedulingIgnoredDuringExecution: [own, preferred(labels)],
      },
    });
  });

  test('or not, with weight 0; the broker is alone anyway', async () => {
    expect(
      await affinity(cpu({ scheduling: { antiAffinity: { weight: 0 } } }), 'audio-worker'),
    ).toBeUndefined();
    expect(await affinity({}, 'redis')).toBeUndefined();
  });
});
