import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { chartDirectory } from '../../../src/chart/helm.ts';
import { dated } from '../../../src/release/changelog.ts';
import { keepRelease, keptReleases } from '../../../src/release/keep.ts';
import { type Archive, digestOf, packChart } from '../../../src/release/pack.ts';
import { repositoryRoot } from '../../../src/tools/versions.ts';

const chartYaml = parse(await readFile(join(chartDirectory, 'Chart.yaml'), 'utf8')) as {
  readonly version: string;
  readonly annotations: Readonly<Record<string, string>>;
};

function archive(version: string, content: string): Archive {
  const bytes = Buffer.from(content);
  const name = 'audio-processor';
  return { name, version, fileName: `${name}-${version}.tgz`, bytes, digest: digestOf(bytes) };
}

describe('a kept release', () => {
  it('is what this tree packs, for as long as its version is that of Chart.yaml', async () => {
    const kept = (await keptReleases()).filter(({ version }) => version === chartYaml.version);
    const { digest } = await packChart(chartDirectory);
    expect(
      kept.map((one) => one.digest),
      'the chart changed after its release: raise the version in Chart.yaml',
    ).toEqual(kept.map(() => digest));
  });

  describe('in another folder', () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'releases-'));
    });
    afterEach(() => rm(folder, { recursive: true }));

    it('never changes: the same again is nothing new, another chart is refused', async () => {
      const first = await keepRelease(archive('1.2.3', 'one'), folder);
      expect(await keepRelease(archive('1.2.3', 'one'), folder)).toEqual(first);
      await expect(keepRelease(archive('1.2.3', 'two'), folder)).rejects.toThrow('1.2.3 is released already');
      expect(await readFile(first.file, 'utf8')).toBe('one');
    });

    it('is no prerelease', async () => {
      await expect(keepRelease(archive('1.2.3-rc.1', 'one'), folder)).rejects.toThrow(
        'only a release is kept',
      );
    });

    it('is in the order of versions, and only archives of the chart count', async () => {
      for (const version of ['0.10.0', '0.9.0', '0.9.10'])
        await keepRelease(archive(version, version), folder);
      await writeFile(join(folder, 'other-1.0.0.tgz'), '');
      await writeFile(join(folder, 'README.md'), '');
      const found = await keptReleases('audio-processor', folder);
      expect(found.map(({ version }) => version)).toEqual(['0.9.0', '0.9.10', '0.10.0']);
    });
  });
});

describe('the changelog', () => {
  const today = new Date('2026-11-24T23:59:59Z');

  it('gets the day of a release once', () => {
    const text = '# Changelog\n\n## 0.2.0 (unreleased)\n\n- b\n\n## 0.1.0 (2026-11-01)\n\n- a\n';
    const after = text.replace('unreleased', '2026-11-24');
    expect(dated(text, '0.2.0', today)).toBe(after);
    expect(dated(after, '0.2.0', new Date('2027-01-01'))).toBe(after);
    expect(dated(text, '0.1.0', today)).toBe(text);
  });

  it('must have the changes of a version', () => {
    expect(() => dated('## 0.2.0 (unreleased)', '0.20', today)).toThrow('has no section of this version');
  });

  it('has the version of Chart.yaml, with the lines that Artifact Hub shows', async () => {
    const text = await readFile(join(repositoryRoot, 'CHANGELOG.md'), 'utf8');
    const section = text.split(/^## /m).find((part) => part.startsWith(`${chartYaml.version} (`)) ?? '';
    const lines = [...section.matchAll(/^- (.*)$/gm)].map(([, line]) => line);
    expect(lines.length).toBeGreaterThan(0);
    expect(parse(chartYaml.annotations['artifacthub.io/changes'] ?? '')).toEqual(lines);
  });
});
