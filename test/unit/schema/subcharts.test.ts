import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type SubchartName, subcharts, withHelmKeys } from '../../../src/schema/subcharts.ts';
import { valuesSchema } from '../../../src/schema/values.ts';
import { repositoryRoot } from '../../../src/tools/versions.ts';
import versions from '../../../versions.json' with { type: 'json' };

interface Chart {
  readonly name: string;
  readonly version: string;
  readonly appVersion: string;
  readonly kubeVersion: string;
  readonly type: string;
  readonly dependencies?: readonly {
    name: string;
    version: string;
    condition?: string;
    repository?: string;
  }[];
}

const chart = async (path: string) =>
  parse(await readFile(join(repositoryRoot, 'charts/audio-processor', path, 'Chart.yaml'), 'utf8')) as Chart;

describe.each(Object.keys(subcharts) as SubchartName[])('the subchart %s', (name) => {
  it('is the version of its image', async () => {
    const { appVersion } = await chart(`charts/${name}`);
    expect(versions.images[name].endsWith(`:${appVersion}`)).toBe(true);
  });

  it('is unpacked in the chart, which names its version and its switch, and no place to fetch it from', async () => {
    const { version, kubeVersion } = await chart(`charts/${name}`);
    const { dependencies = [], kubeVersion: same } = await chart('.');
    expect(dependencies).toContainEqual({ name, version, condition: `${name}.enabled` });
    expect(kubeVersion).toBe(same);
  });
});

describe('the library chart server', () => {
  it('is always part of the chart', async () => {
    const { type, version, kubeVersion } = await chart('charts/server');
    const { dependencies = [], kubeVersion: same } = await chart('.');
    expect(type).toBe('library');
    expect(dependencies).toContainEqual({ name: 'server', version });
    expect(kubeVersion).toBe(same);
  });
});

describe('the schema that Helm reads', () => {
  it('has a copy of `global` in the values of every subchart, and nothing else beside the values', () => {
    const { properties = {}, ...rest } = withHelmKeys(valuesSchema);
    const { properties: values = {}, ...same } = valuesSchema;
    expect(rest).toEqual(same);
    const added = Object.keys(properties).filter((key) => !(key in values));
    expect(added).toEqual(['server']);
    for (const name of [...Object.keys(subcharts), 'server']) {
      const { global, ...section } = properties[name]?.properties ?? {};
      expect(global?.additionalProperties, name).toBe(true);
      expect(section, name).toEqual(values[name]?.properties ?? {});
    }
  });
});
