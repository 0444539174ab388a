import { statSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chartDirectory, renderChart } from '../../src/chart/helm.ts';
import type { Layer } from './inherit.ts';
import type { ConfigMap } from './support.ts';

/**
 * What a piece of template makes of a dict `$out`, under values that are laid over the chart's defaults as Helm does it.
 * The chart is this one with its defaults, schema and helpers, and with that one template.
 * @param helm Helm's executable; the pinned one when absent
 */
export async function evaluate(piece: string, values: object, helm?: string): Promise<Layer> {
  const chart = await mkdtemp(join(tmpdir(), 'probe-chart-'));
  try {
    for (const part of ['Chart.yaml', 'values.yaml', 'values.schema.json', 'charts', 'files']) {
      await cp(join(chartDirectory, part), join(chart, part), { recursive: true });
    }
    await copyHelpers(chart);
    await writeFile(
      join(chart, 'templates', 'probe.yaml'),
      `{{- $out := dict }}\n${piece}\n${probe('toJson $out')}`,
    );
    const [object] = (await renderChart({
      chart,
      values,
      ...(helm === undefined ? {} : { helm }),
    })) as readonly ConfigMap[];
    return JSON.parse(object?.data.output ?? '{}') as Layer;
  } finally {
    await rm(chart, { recursive: true, force: true });
  }
}

const probe = (expression: string) => `apiVersion: v1
kind: ConfigMap
metadata: {name: probe}
data: {output: {{ ${expression} | quote }}}
`;

/** Copies the named templates of the chart (`*.tpl`), and no object page. */
async function copyHelpers(chart: string): Promise<void> {
  const source = join(chartDirectory, 'templates');
  await cp(source, join(chart, 'templates'), {
    recursive: true,
    filter: (path) => statSync(path).isDirectory() || path.endsWith('.tpl'),
  });
}

/**
 * What a piece of template prints for each input, which it has as `.`. A chart is made that has the named templates of this
 * one and that piece, all in one run of Helm.
 */
export async function printFor(piece: string, inputs: readonly unknown[]): Promise<readonly string[]> {
  const chart = await mkdtemp(join(tmpdir(), 'probe-chart-'));
  try {
    await copyHelpers(chart);
    await writeFile(
      join(chart, 'Chart.yaml'),
      JSON.stringify({ apiVersion: 'v2', name: 'probe', version: '1.0.0' }),
    );
    // The inputs travel as text: Helm itself drops nulls from values.
    await writeFile(
      join(chart, 'templates', 'probe.yaml'),
      `{{- define "probe.piece" }}${piece}{{ end }}
{{- $outputs := list }}
{{- range $input := .Values.inputs | fromJsonArray }}
{{- $outputs = append $outputs (include "probe.piece" $input) }}
{{- end }}
${probe('toJson $outputs')}`,
    );
    const values = { inputs: JSON.stringify(inputs) };
    const [object] = (await renderChart({ chart, values })) as readonly ConfigMap[];
    return JSON.parse(object?.data.output ?? '[]') as readonly string[];
  } finally {
    await rm(chart, { recursive: true, force: true });
  }
}

/** What a named template prints for each input. */
export async function callHelper(name: string, inputs: readonly unknown[]): Promise<readonly string[]> {
  return printFor(`{{ include ${JSON.stringify(name)} . }}`, inputs);
}
