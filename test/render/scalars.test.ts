import { describe, expect, test } from 'vitest';
import { renderChart } from '../../src/chart/helm.ts';
import { nodesUnder } from './invariants/anatomy.ts';
import { overlay, render } from './support.ts';

test('texts in the form of numbers or booleans stay text', async () => {
  const { workload, objects } = await render({
    values: {
      image: { pullSecrets: { 7: {} }, tag: '_1' },
      app: { env: { NO: 'a' } },
      // The checksum of this Secret and revision is 0165654561e37178, a number in YAML.
      secrets: { revision: '349' },
      broker: { persistence: { storageClass: '123' }, scheduling: { priorityClassName: '1' } },
      security: { serviceAccount: { name: '99' } },
    },
  });
  const { metadata, spec } = workload('audio-worker').spec.template;
  expect(metadata.annotations).toMatchObject({ 'checksum/secrets': '0165654561e37178' });
  expect(spec).toMatchObject({ serviceAccountName: '99', imagePullSecrets: [{ name: '7' }] });
  expect(spec.containers[0].env).toContainEqual({ name: 'NO', value: 'a' });
  expect(workload('redis').spec.template.spec).toMatchObject({ priorityClassName: '1' });
  expect(workload('audio-worker').metadata.labels).toMatchObject({ 'app.kubernetes.io/version': '1' });
  const kinds = new Map(objects.map((object) => [object.kind, object]));
  expect(kinds.get('ServiceAccount')?.metadata.name).toBe('99');
  expect(kinds.get('PersistentVolumeClaim')).toMatchObject({ spec: { storageClassName: '123' } });
});

test('the names of Secrets as well', async () => {
  const { container } = await render({ values: { secrets: { name: '123' } } });
  for (const name of ['audio-processor', 'audio-worker', 'redis']) {
    const secrets = (container(name).env ?? []).flatMap(
      ({ valueFrom }) => valueFrom?.secretKeyRef.name ?? [],
    );
    expect(new Set(secrets)).toEqual(new Set(['123']));
  }
});

describe.each([
  ['bundled', ['all-features', 'monitoring']],
  ['operator', ['operator']],
])('namespaces in the form of a number and a boolean stay text: %s', (_kind, overlays) => {
  test('wherever an object names one', async () => {
    const values = { global: { monitoring: { namespace: '123' } } };
    const valuesFiles = overlays.map(overlay);
    const objects = await renderChart({ namespace: 'true', valuesFiles, values });
    const named = objects.flatMap((object) =>
      [...nodesUnder(object)].flatMap(({ key, value }) => (key === 'namespace' ? [value] : [])),
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => typeof name !== 'string')).toEqual([]);
  });
});

test('an annotation of the user cannot hide a checksum, nor duplicate it', async () => {
  const podAnnotations = { 'checksum/config': 'mine', 'example.com/owner': 'audio' };
  const { workload } = await render({
    values: {
      api: { podAnnotations },
      broker: { podAnnotations },
      workers: { defaults: { podAnnotations } },
    },
  });
  for (const name of ['audio-processor', 'audio-worker', 'redis']) {
    const { annotations } = workload(name).spec.template.metadata;
    expect(annotations).toMatchObject({ 'example.com/owner': 'audio' });
    expect(annotations['checksum/config']).toMatch(/^[0-9a-f]{16}$/);
  }
});
