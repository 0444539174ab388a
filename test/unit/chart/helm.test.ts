import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HelmError, lintChart, readManifests, renderChart, renderText } from '../../../src/chart/helm.ts';
import { readRefusals, refusedKeys } from '../../support/helm-refusals.ts';

let folder: string;
let chart: string;

const FILES = {
  'Chart.yaml':
    'apiVersion: v2\nname: sample\nversion: 0.1.0\nkubeVersion: ">=1.31.0-0"\nicon: https://example.com/i.png\n',
  'values.yaml': 'mode: ok\nsize: 1\n',
  'values.schema.json': JSON.stringify({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    additionalProperties: false,
    properties: {
      mode: { type: 'string' },
      size: { type: 'integer' },
      names: { type: 'object', propertyNames: { pattern: '^[a-z]+$' } },
      nested: { $ref: '#/$defs/nested', description: 'A reference with a sibling.' },
    },
    $defs: {
      nested: { type: 'object', additionalProperties: false, properties: { port: { type: 'integer' } } },
    },
  }),
  'templates/_helpers.tpl': '{{- define "sample.deep" -}}\n{{ .Values.not.there }}\n{{- end -}}\n',
  'templates/object.yaml': `{{- if eq .Values.mode "fail" }}
{{ fail "two pools share a name:\\nrename one" }}
{{- else if eq .Values.mode "nil" }}
{{ include "sample.deep" . }}
{{- else if eq .Values.mode "unparsable" }}
kind: [
{{- else }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name | quote }}
  namespace: {{ .Release.Namespace | quote }}
data:
  kubernetes: {{ .Capabilities.KubeVersion.Version }}
  keda: {{ .Capabilities.APIVersions.Has "keda.sh/v1alpha1" | quote }}
  size: {{ .Values.size | quote }}
{{- end }}
`,
  'templates/other.yaml': '---\n# nothing\n',
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helm-client-'));
  chart = join(folder, 'sample');
  for (const [path, text] of Object.entries(FILES)) {
    await mkdir(dirname(join(chart, path)), { recursive: true });
    await writeFile(join(chart, path), text);
  }
});
afterAll(() => rm(folder, { recursive: true }));

/** The error of a render that must fail. */
async function refusal(values: object, kubeVersion?: string): Promise<HelmError> {
  const render = renderText({ chart, values, ...(kubeVersion === undefined ? {} : { kubeVersion }) });
  const error = await render.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof HelmError)) throw new Error(`Helm should have refused ${JSON.stringify(values)}`);
  return error;
}

describe('a render', () => {
  it('gives typed objects and leaves empty documents out', async () => {
    const manifests = await renderChart({
      chart,
      release: 'r',
      namespace: 'n',
      kubeVersion: '1.33.1',
      apiVersions: ['keda.sh/v1alpha1'],
    });
    expect(manifests).toEqual([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'r', namespace: 'n' },
        data: { kubernetes: 'v1.33.1', keda: 'true', size: '1' },
      },
    ]);
  });

  it('lays values over files, and later files over earlier ones', async () => {
    const valuesFiles = [join(folder, 'one.yaml'), join(folder, 'two.yaml')];
    await Promise.all(valuesFiles.map((file, index) => writeFile(file, `size: ${index + 2}\n`)));
    const sizeOf = async (values?: object) =>
      (await renderChart({ chart, valuesFiles, ...(values === undefined ? {} : { values }) }))[0]?.data;
    expect(await sizeOf()).toMatchObject({ size: '3' });
    expect(await sizeOf({ size: 4 })).toMatchObject({ size: '4' });
  });

  it('prints one template on request', async () => {
    expect(await renderText({ chart, showOnly: ['templates/object.yaml'] })).toContain(
      '# Source: sample/templates/object.yaml',
    );
  });

  it('reads plain scalars as Kubernetes does', () => {
    expect(readManifests('a: yes\nb: 0777\nc: 1_000\nd: 12:30:45\ne: "yes"\n')).toEqual([
      { a: true, b: 511, c: 1000, d: '12:30:45', e: 'yes' },
    ]);
  });

  it.each([
    ['no YAML', 'kind: [\n'],
    ['a key twice', 'kind: A\nkind: B\n'],
  ])('refuses %s instead of leaving it out', (_, text) => {
    expect(() => readManifests(text)).toThrow();
  });
});

describe('what Helm refuses', () => {
  it('by `fail` carries template, line and the message alone', async () => {
    const error = await refusal({ mode: 'fail' });
    expect(error).toMatchObject({
      kind: 'template',
      template: 'sample/templates/object.yaml',
      line: 2,
      detail: 'two pools share a name:\nrename one',
    });
  });

  it('in a helper carries the place in the helper, not that of its caller', async () => {
    const error = await refusal({ mode: 'nil' });
    expect(error).toMatchObject({ kind: 'template', template: 'sample/templates/_helpers.tpl', line: 2 });
    expect(error.detail).toBe('nil pointer evaluating interface {}.there (in .Values.not.there)');
  });

  it('because a template renders no YAML carries the template', async () => {
    const error = await refusal({ mode: 'unparsable' });
    expect(error).toMatchObject({ kind: 'manifest', template: 'sample/templates/object.yaml' });
    expect(error.detail).toMatch(/^not YAML once rendered: /);
  });

  it('by the schema carries every refused place', async () => {
    const error = await refusal({
      size: 'x',
      sise: 1,
      "it's": 1,
      names: { 'A b': 1 },
      nested: { prt: 1, port: 'y' },
    });
    expect(error.kind).toBe('schema');
    const refusals = readRefusals(error.detail);
    expect(refusals.flatMap(refusedKeys).toSorted()).toEqual([
      "/it's",
      '/nested/port',
      '/nested/prt',
      '/sise',
      '/size',
    ]);
    expect(refusals).toContainEqual({
      pointer: '/size',
      message: 'got string, want integer',
    });
    expect(refusals.flatMap(({ name }) => name ?? [])).toEqual(['A b']);
  });

  it('by the schema is one line for one mistake, behind a reference too', async () => {
    const { output } = await refusal({ nested: { port: 'y' } });
    expect(output.trim().split('\n').slice(2)).toEqual(["- at '/nested/port': got string, want integer"]);
  });

  it('because Kubernetes is too old names both versions', async () => {
    const error = await refusal({}, '1.30.0');
    expect(error.kind).toBe('kubernetes-version');
    expect(error.message).toBe('the chart needs Kubernetes >=1.31.0; this is v1.30.0');
  });

  it('names the values files that it had been given', async () => {
    const file = join(folder, 'missing.yaml');
    const error: unknown = await renderText({ chart, valuesFiles: [file] }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({
      kind: 'values-file',
      detail: `${file}: no such file`,
      valuesFiles: [file],
    });
    expect(String(error)).toContain(`values: ${file}`);
  });
});

describe('the linter', () => {
  it('passes a good chart', async () => {
    await expect(lintChart({ chart })).resolves.toBeUndefined();
  });

  it('fails with what it found', async () => {
    await expect(lintChart({ chart, values: { size: 'x' } })).rejects.toMatchObject({
      name: 'HelmError',
      message: expect.stringContaining('got string, want integer'),
    });
  });
});
