import { describe, expect, it } from 'vitest';
import { checkManifests } from '../../../checks/kubeconform.ts';
import versions from '../../../versions.json' with { type: 'json' };

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {level: info}\n';
const deployment = (container: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: main}
spec:
  selector: {matchLabels: {app: main}}
  template:
    metadata: {labels: {app: main}}
    spec:
      containers: [${container}]
`;

describe.each(versions.kubernetes.schemas)('kubeconform with the schemas of Kubernetes %s', (version) => {
  const check = (...manifests: readonly string[]) =>
    checkManifests({ some: manifests.join('---\n') }, version);

  it('accepts what Kubernetes takes', async () => {
    const found = await check(configMap, deployment('{name: main, image: "registry.example.com/main:1"}'));
    expect(found).toEqual({ checked: 2, refusals: [] });
  });

  it.each([
    [
      'an unknown field, however deep',
      '{name: main, imagePullPolcy: Always}',
      "'imagePullPolcy' not allowed",
    ],
    [
      'a number where a string belongs',
      '{name: main, env: [{name: A, value: 1}]}',
      'got number, want string',
    ],
    ['a null', '{name: main, image: null}', 'got null, want string'],
    ['a missing name', '{image: main}', "missing property 'name'"],
  ])('refuses %s', async (_, container, message) => {
    const { refusals } = await check(configMap, deployment(container));
    expect(refusals).toEqual([
      { render: 'some', kind: 'Deployment', name: 'main', message: expect.stringContaining(message) },
    ]);
  });

  it('refuses a kind that the chart is not known to render, and downloads nothing', async () => {
    const { refusals } = await check(configMap.replace('ConfigMap', 'Secret'));
    expect(refusals).toEqual([
      {
        render: 'some',
        kind: 'Secret',
        name: 'settings',
        message: expect.stringContaining('could not find schema for Secret'),
      },
    ]);
  });

  it('accepts a kind that an operator defines, and refuses what the operator would', async () => {
    const route = (filter: string) =>
      `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: main}\nspec: {${filter}}\n`;
    expect((await check(route('hostnames: [a.example.com]'))).refusals).toEqual([]);
    expect((await check(route('hostnames: [a.example.com:80]'))).refusals).toHaveLength(1);
    expect((await check(route('hostname: [a.example.com]'))).refusals).toHaveLength(1);
  });

  it('names the render of a refused manifest', async () => {
    const renders = { good: configMap, bad: configMap.replace('data:', 'date:') };
    const { checked, refusals } = await checkManifests(renders, version);
    expect([checked, refusals.map(({ render }) => render)]).toEqual([2, ['bad']]);
  });

  it('refuses an API version that does not exist', async () => {
    const { refusals } = await check(deployment('{name: main}').replace('apps/v1', 'apps/v1beta1'));
    expect(refusals).toHaveLength(1);
  });
});

it('fails on what is no YAML', async () => {
  await expect(checkManifests({ some: 'kind: {' }, versions.kubernetes.node)).rejects.toThrow(/line 1/);
});
