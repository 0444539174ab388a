import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderText } from '../../../../src/chart/helm.ts';
import type { ValueMap } from '../../../../src/values/merge.ts';

const source = join(import.meta.dirname, '../../../charts/probe');

/** A copy of the probe chart, whose one template prints the values that it sees. */
export interface ProbeChart {
  /** The values that a template sees under these defaults and overlays. */
  values(defaults: ValueMap, overlays: readonly ValueMap[]): Promise<ValueMap>;
  /** The same for an overlay as text, without defaults. */
  valuesOf(yaml: string): Promise<ValueMap>;
  remove(): Promise<void>;
}

/**
 * Makes a copy of the probe chart. One copy serves one render at a time.
 * @param helm Helm's executable; the pinned one when absent
 */
export async function probeChart(helm?: string): Promise<ProbeChart> {
  const folder = await mkdtemp(join(tmpdir(), 'probe-chart-'));
  const chart = join(folder, 'probe');
  await cp(source, chart, { recursive: true });
  const render = async (defaults: ValueMap, texts: readonly string[]) => {
    await writeFile(join(chart, 'values.yaml'), JSON.stringify(defaults));
    const valuesFiles = texts.map((_, index) => join(folder, `overlay-${index}.yaml`));
    await Promise.all(texts.map((text, index) => writeFile(valuesFiles[index] ?? '', text)));
    const rendered = await renderText({ chart, valuesFiles, ...(helm === undefined ? {} : { helm }) });
    return JSON.parse(rendered.split('\n').find((line) => line.startsWith('{')) ?? '') as ValueMap;
  };
  return {
    values: (defaults, overlays) =>
      render(
        defaults,
        overlays.map((overlay) => JSON.stringify(overlay)),
      ),
    valuesOf: (yaml) => render({}, [yaml]),
    remove: () => rm(folder, { recursive: true }),
  };
}
