import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chartDirectory, HelmError, type RenderOptions, renderText } from '../../src/chart/helm.ts';
import { program } from '../../src/tools/programs.ts';
import { cases, overlay } from './support.ts';

/** What is printed: the manifests, or the error without the log lines before it. */
async function printed(options: RenderOptions): Promise<string> {
  try {
    return await renderText(options);
  } catch (error) {
    if (!(error instanceof HelmError)) throw error;
    return error.output.slice(error.output.search(/^Error: /m));
  }
}

async function expectSameBytes(options: RenderOptions): Promise<string> {
  const helm = await program('helm');
  const output = await printed(options);
  expect(output).toBe(await printed({ ...options, helm }));
  return output;
}

describe('the renderer prints what the helm binary prints', () => {
  test.each(cases())('for $title', async ({ options }) => {
    expect(await expectSameBytes(options)).toMatch(/^---\n/);
  });

  test('for chosen templates, in the order in which they were requested', async () => {
    const showOnly = ['templates/workers/deployment.yaml', 'templates/api/deployment.yaml'];
    expect(await expectSameBytes({ showOnly })).toContain('kind: Deployment');
  });

  test('for an older Kubernetes with further API groups', async () => {
    await expectSameBytes({ kubeVersion: '1.31.0', apiVersions: ['keda.sh/v1alpha1'] });
  });

  test('for objects of every kind and hooks, in the order of an install', async () => {
    const kinds = ['Job', 'ServiceAccount', 'ZKind', 'AKind', 'Namespace', 'Ingress', 'Secret'];
    const objects = kinds.map((kind) => [
      `x-${kind.toLowerCase()}`,
      { apiVersion: 'v1', kind, metadata: { name: kind.toLowerCase() } },
    ]);
    const hook = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', annotations: { 'helm.sh/hook': 'test' } },
    };
    await expectSameBytes({ values: { extraObjects: { ...Object.fromEntries(objects), hook } } });
  });

  test.each<[string, RenderOptions]>([
    // One place each: Helm prints several in any order.
    ['a value that the schema refuses', { values: { image: { tag: 5 } } }],
    ['a key that the schema does not know', { values: { imag: {} } }],
    ['the schema of a subchart', { values: { prometheus: { enabled: true, retention: 'x' } } }],
    [
      'the rules between values',
      { values: { workers: { defaults: { scaling: { engine: 'hpa', min: 5, max: 2 } } } } },
    ],
    ['a template that is not in the chart', { showOnly: ['templates/none.yaml'] }],
    ['a Kubernetes that is too old', { kubeVersion: '1.20.0' }],
    ['a Kubernetes version that is none', { kubeVersion: 'x' }],
    ['a release name that is none', { release: 'Not_A_Name' }],
    ['a values file that is not there', { valuesFiles: [overlay('none')] }],
    ['a values file that is no YAML', { valuesFiles: [join(chartDirectory, 'README.md')] }],
    ['a chart that is not there', { chart: join(chartDirectory, 'none') }],
  ])('when Helm refuses because of %s', async (_, options) => {
    expect(await expectSameBytes(options)).toMatch(/^Error: /m);
  });
});

test('a chart is read again after it has changed, and one render leaves nothing for the next', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'changed-chart-'));
  const chart = join(folder, 'audio-processor');
  try {
    await cp(chartDirectory, chart, { recursive: true });
    const before = await expectSameBytes({ chart });
    await expectSameBytes({ chart, valuesFiles: [overlay('monitoring')] });
    expect(await expectSameBytes({ chart })).toBe(before);
    await writeFile(join(chart, 'templates', 'added.yaml'), 'apiVersion: v1\nkind: Added\n');
    expect(await expectSameBytes({ chart })).toContain('kind: Added');
  } finally {
    await rm(folder, { recursive: true });
  }
});
