import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type SubchartName, subchartSchema, subcharts } from '../../../src/schema/subcharts.ts';
import { repositoryRoot, versions } from '../../../src/tools/versions.ts';
import { metaCheck } from '../../../src/values/meta-check.ts';

interface Chart {
  readonly name: string;
  readonly version: string;
  readonly appVersion: string;
  readonly kubeVersion: string;
  readonly dependencies?: readonly {
    name: string;
    version: string;
    condition: string;
    repository?: string;
  }[];
}

const chart = async (path: string) =>
  parse(await readFile(join(repositoryRoot, 'charts/audio-processor', path, 'Chart.yaml'), 'utf8')) as Chart;

describe.each(Object.keys(subcharts) as SubchartName[])('the subchart %s', (name) => {
  it('has a schema that keeps every rule, with no definition that it does not use', () => {
    expect(metaCheck(subchartSchema(name), [])).toEqual([]);
  });

  it('is the version of its image', async () => {
    const { appVersion } = await chart(`charts/${name}`);
    expect(versions().images[name].endsWith(`:${appVersion}`)).toBe(true);
  });

  it('is unpacked in the chart, which names its version and its switch, and no place to fetch it from', async () => {
    const { version, kubeVersion } = await chart(`charts/${name}`);
    const { dependencies = [], kubeVersion: same } = await chart('.');
    expect(dependencies).toContainEqual({ name, version, condition: `${name}.enabled` });
    expect(kubeVersion).toBe(same);
  });
});
