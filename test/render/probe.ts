import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chartDirectory, renderChart } from '../../src/chart/helm.ts';
import type { ConfigMap } from './support.ts';

/**
 * What a helper of the chart gives for each input. A chart is made that has the helpers of `templates/_helpers`
 * and one template, which calls the helper once for each input, all in one run of Helm.
 */
export async function callHelper(name: string, inputs: readonly unknown[]): Promise<readonly string[]> {
  const chart = await mkdtemp(join(tmpdir(), 'probe-chart-'));
  try {
    await mkdir(join(chart, 'templates'));
    await cp(join(chartDirectory, 'templates', '_helpers'), join(chart, 'templates', '_helpers'), {
      recursive: true,
    });
    await writeFile(
      join(chart, 'Chart.yaml'),
      JSON.stringify({ apiVersion: 'v2', name: 'probe', version: '1.0.0' }),
    );
    // The inputs travel as text: Helm itself drops nulls from values.
    await writeFile(
      join(chart, 'templates', 'probe.yaml'),
      `{{- $outputs := list }}
{{- range $input := .Values.inputs | fromJsonArray }}
{{- $outputs = append $outputs (include ${JSON.stringify(name)} $input) }}
{{- end }}
apiVersion: v1
kind: ConfigMap
metadata: {name: probe}
data: {outputs: {{ toJson $outputs | quote }}}
`,
    );
    const values = { inputs: JSON.stringify(inputs) };
    const [object] = (await renderChart({ chart, values })) as readonly ConfigMap[];
    return JSON.parse(object?.data.outputs ?? '[]') as readonly string[];
  } finally {
    await rm(chart, { recursive: true, force: true });
  }
}
