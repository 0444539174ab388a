import { expect, it } from 'vitest';
import type { Manifest } from '../../src/chart/helm.ts';
import { render } from './support.ts';

interface Rights extends Manifest {
  readonly rules: readonly { readonly resources: readonly string[]; readonly verbs: readonly string[] }[];
}

interface Binding extends Manifest {
  readonly roleRef: { readonly kind: string; readonly name: string };
  readonly subjects: readonly { readonly name: string; readonly namespace: string }[];
}

const rights = (objects: readonly Manifest[]) =>
  objects.filter((one): one is Rights => one.kind.endsWith('Role'));
const bindings = (objects: readonly Manifest[]) =>
  objects.filter((one): one is Binding => one.kind.endsWith('Binding'));
const bundled = (more: object = {}) => ({ values: { prometheus: { enabled: true }, ...more } });

it('lets the bundled Prometheus read pods of the release, and metrics of nodes, and nothing else', async () => {
  const { objects } = await render(bundled());
  expect(
    rights(objects).map(({ kind, rules }) => [
      kind,
      ...rules.map(({ resources, verbs }) => [resources, verbs]),
    ]),
  ).toEqual([
    ['ClusterRole', [['nodes'], ['get', 'list', 'watch']], [['nodes/metrics'], ['get']]],
    ['Role', [['pods'], ['get', 'list', 'watch']]],
  ]);
});

it('binds them to the account of its server, in the namespace of monitoring', async () => {
  const { objects } = await render(bundled({ global: { monitoring: { namespace: 'monitoring' } } }));
  for (const { kind, metadata, roleRef, subjects } of bindings(objects)) {
    expect(metadata.namespace).toBeUndefined();
    expect(kind).toBe(`${roleRef.kind}Binding`);
    expect(roleRef.name).toBe(metadata.name);
    expect(subjects).toEqual([{ kind: 'ServiceAccount', name: 'prometheus', namespace: 'monitoring' }]);
  }
  expect(bindings(objects)).toHaveLength(2);
});

it('gives what belongs to no namespace a name that another namespace’s release does not take', async () => {
  const names = await Promise.all(
    ['one', 'two'].map(async (namespace) => {
      const { objects } = await render({ ...bundled(), namespace });
      return objects.filter(({ kind }) => kind.startsWith('Cluster')).map(({ metadata }) => metadata.name);
    }),
  );
  expect(names).toEqual([
    ['prometheus-one', 'prometheus-one'],
    ['prometheus-two', 'prometheus-two'],
  ]);
});

it('has no cluster-wide permission without the kubelets, and no permission at all without the bundled Prometheus', async () => {
  const without = await render(bundled({ monitoring: { nodes: { enabled: false } } }));
  expect(rights(without.objects).map(({ kind }) => kind)).toEqual(['Role']);
  const operator = await render({ values: { monitoring: { operator: { enabled: true } } } });
  expect(rights(operator.objects)).toEqual([]);
});
