import { describe, expect, test } from 'vitest';
import { renderChart } from '../../src/chart/helm.ts';
import { render } from './support.ts';

const budget = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'mine', labels: { 'app.kubernetes.io/component': 'other', team: 'audio' } },
  spec: { minAvailable: 2, selector: { matchLabels: { app: 'other' } } },
};
const config = { apiVersion: 'v1', kind: 'ConfigMap', data: { big: '100000000', empty: '' } };

const added = async (extraObjects: object, release?: string) => {
  const more = await render({ values: { extraObjects }, ...(release === undefined ? {} : { release }) });
  const without = await render(release === undefined ? {} : { release });
  const known = without.objects.map((object) => JSON.stringify(object));
  return more.objects.filter((object) => !known.includes(JSON.stringify(object)));
};

describe('extraObjects', () => {
  test('are passed through unchanged; their labels override those of the chart', async () => {
    const [found, ...others] = await added({ first: budget });
    expect(others).toEqual([]);
    expect(found).toMatchObject(budget);
    expect(found?.metadata.labels).toMatchObject({ 'app.kubernetes.io/managed-by': 'Helm' });
  });

  test('take their key as a name, with the prefix of the release', async () => {
    expect((await added({ note: config })).map(({ metadata }) => metadata.name)).toEqual(['note']);
    const [prefixed] = await added({ note: config }, 'second');
    expect(prefixed).toMatchObject({ ...config, metadata: { name: 'second-note' } });
    expect(prefixed?.metadata.labels).toMatchObject({
      'app.kubernetes.io/component': 'extra',
      'app.kubernetes.io/instance': 'second',
    });
  });

  test('keep numbers, false, 0 and empty maps', async () => {
    const spec = { replicas: 0, big: 100_000_000, share: 0.5, on: false, selector: {} };
    const [found] = await added({ any: { apiVersion: 'example.com/v1', kind: 'Thing', spec } });
    expect(found?.spec).toEqual(spec);
  });

  test('change no other object, and null is none', async () => {
    expect(await added({ note: config, none: null })).toHaveLength(1);
    expect(await renderChart({ values: { enabled: false, extraObjects: { note: config } } })).toEqual([]);
  });
});
