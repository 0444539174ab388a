import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../src/chart/helm.ts';
import { podsOf, selectorsOf } from './invariants/anatomy.ts';
import { madeBy, referencesOf } from './invariants/references.ts';

const object = (kind: string, spec: object): Manifest => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'one' },
  spec,
});

/** Each row: a fragment of an object, and what it refers to. */
const fragments: readonly (readonly [title: string, spec: object, references: readonly string[]])[] = [
  ['env', { env: [{ valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] }, ['Secret/s:k']],
  [
    'envFrom',
    { envFrom: [{ configMapRef: { name: 'c' } }, { secretRef: { name: 's' } }] },
    ['ConfigMap/c', 'Secret/s'],
  ],
  [
    'volumes',
    {
      volumes: [
        { configMap: { name: 'c', items: [{ key: 'a', path: 'b' }] } },
        { secret: { secretName: 's' } },
        { persistentVolumeClaim: { claimName: 'p' } },
        { projected: { sources: [{ secret: { name: 't', items: [{ key: 'k', path: 'k' }] } }] } },
      ],
    },
    ['ConfigMap/c', 'ConfigMap/c:a', 'Secret/s', 'PersistentVolumeClaim/p', 'Secret/t', 'Secret/t:k'],
  ],
  ['a pod', { imagePullSecrets: [{ name: 's' }], serviceAccountName: 'a' }, ['Secret/s', 'ServiceAccount/a']],
  ['an autoscaler', { scaleTargetRef: { kind: 'StatefulSet', name: 'w' } }, ['StatefulSet/w']],
  [
    "KEDA's objects",
    {
      scaleTargetRef: { name: 'w' },
      triggers: [{ authenticationRef: { name: 'a' } }],
      secretTargetRef: [{ name: 's', key: 'k' }],
    },
    ['Deployment/w', 'TriggerAuthentication/a', 'Secret/s:k'],
  ],
  [
    'a route',
    { parentRefs: [{ name: 'g', namespace: 'n' }], rules: [{ backendRefs: [{ name: 's', port: 80 }] }] },
    ['Gateway/g', 'Service/s:80'],
  ],
  [
    'an Ingress',
    {
      ingressClassName: 'i',
      tls: [{ secretName: 't' }],
      rules: [{ http: { paths: [{ backend: { service: { name: 's', port: { name: 'http' } } } }] } }],
    },
    ['IngressClass/i', 'Secret/t', 'Service/s:http'],
  ],
];

describe('the invariants find', () => {
  test.each(fragments)('what %s refers to', (_title, spec, expected) => {
    const found = referencesOf([object('Any', spec)]);
    expect(found.map(({ kind, name, key }) => `${kind}/${name}${key ? `:${key}` : ''}`)).toEqual(expected);
  });

  test('which references a reader starts without', () => {
    const optional = { env: [{ valueFrom: { secretKeyRef: { name: 's', key: 'k', optional: true } } }] };
    expect(referencesOf([object('Any', optional)])).toEqual([
      { from: 'Any/one', kind: 'Secret', name: 's', key: 'k', optional: true },
    ]);
  });

  test('the Secret that a Certificate makes', () => {
    expect(madeBy([object('Certificate', { secretName: 't' })])).toContain('Secret/t');
  });

  test('the pods of every kind, with init containers and sidecars', () => {
    const template = {
      spec: {
        initContainers: [{ name: 'a' }, { name: 'b', restartPolicy: 'Always' }],
        containers: [{ name: 'c' }],
      },
    };
    const pods = podsOf([
      object('Deployment', { template }),
      object('Job', { template }),
      object('CronJob', { jobTemplate: { spec: { template } } }),
    ]);
    expect(pods.map(({ owner, endsByItself }) => [owner, endsByItself])).toEqual([
      ['Deployment/one', false],
      ['Job/one', true],
      ['CronJob/one', true],
    ]);
    for (const { containers, lasting } of pods) {
      expect(containers.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
      expect(lasting.map(({ name }) => name)).toEqual(['b', 'c']);
    }
  });

  test('selectors, and refuse one that is no list of labels', () => {
    expect(selectorsOf([object('Service', { selector: { a: 'b' } })])).toMatchObject([
      { matchLabels: { a: 'b' } },
    ]);
    const expressions = object('PodDisruptionBudget', { selector: { matchExpressions: [] } });
    expect(() => selectorsOf([expressions])).toThrow('PodDisruptionBudget/one');
  });
});
