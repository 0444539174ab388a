import { describe, expect, it } from 'vitest';
import { alertPlaces } from '../../../../checks/shape/alert-places.ts';
import { exceeded, measureShape } from '../../../../checks/shape/figures.ts';
import { folderCycles } from '../../../../checks/shape/folders.ts';
import { repositoryRoot } from '../../../../src/tools/versions.ts';

const file = (path: string, text = '') => ({ path, text, generated: false });

describe('places of an alert', () => {
  const places = (...files: readonly ReturnType<typeof file>[]) =>
    alertPlaces([file('charts/audio-processor/files/alerts/CpuHigh.yaml'), ...files])
      .get('CpuHigh')
      ?.slice(1);

  it.each([
    ['docs/runbooks/CpuHigh.md', ''],
    ['charts/audio-processor/files/texts.yaml', 'CpuHigh:\n  summary: x\n'],
    ['lab/overlays/alerts.yaml', 'alerts: { CpuHigh: { for: 1m } }'],
    ['test/faults/containers.ts', "  alert: 'CpuHigh',"],
    ['src/schema/inhibitions.ts', "target: ['CpuHigh']"],
    ['charts/audio-processor/templates/monitoring/_rules.tpl', '{{ .Values.monitoring.alerts.CpuHigh.for }}'],
  ])('%s that has data of it is one', (path, text) => {
    expect(places(file(path, text))).toEqual([path]);
  });

  it.each([
    ['docs/monitoring.md', 'CpuHigh: a word in a text'],
    ['src/dashboards/overview.ts', "alerts: ['CpuHigh']"],
    ['src/schema/scraping.ts', "// alert: 'CpuHigh'\nboolean('Without it CpuHigh is silent.')"],
    ['charts/audio-processor/files/alerts/Watchdog.yaml', 'inhibits:\n  - CpuHigh\n'],
  ])('%s that mentions it is none', (path, text) => {
    expect(places(file(path, text))).toEqual([]);
  });
});

describe('import cycles between folders', () => {
  const imports = (path: string, target: string) => file(path, `import { x } from '${target}';`);

  it('are found between top-level folders, and between folders of src', () => {
    expect(
      folderCycles([imports('lab/a.ts', '../src/b/b.ts'), imports('src/c/c.ts', '../../lab/a.ts')]),
    ).toEqual(['lab → src → lab']);
    const inside = [
      imports('src/a/a.ts', '../b/b.ts'),
      imports('src/b/b.ts', '../c/c.ts'),
      imports('src/c/c.ts', '../a/a.ts'),
    ];
    expect(folderCycles(inside)).toEqual(['src/a → src/b → src/c → src/a']);
  });

  it('are not found where imports go one way', () => {
    expect(folderCycles([imports('src/a/a.ts', '../b/b.ts'), imports('lab/a.ts', '../src/a/a.ts')])).toEqual(
      [],
    );
  });
});

describe('the shape of this repository', () => {
  it('stays within its limits', async () => {
    expect(exceeded(Object.values(await measureShape(repositoryRoot)))).toEqual([]);
  });

  it('has something to measure', async () => {
    const { named, encodes, yamlEncodes, alertPlaces: places, chain } = await measureShape(repositoryRoot);
    for (const { now } of [named, encodes, yamlEncodes, places, chain]) expect(now).toBeGreaterThan(0);
  });
});
