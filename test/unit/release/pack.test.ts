import { chmod, cp, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chartDirectory, helm } from '../../../src/chart/helm.ts';
import { run } from '../../../src/process/run.ts';
import { digestOf, packChart } from '../../../src/release/pack.ts';
import { program } from '../../../src/tools/programs.ts';
import { testedHelms } from '../../support/helms.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pack-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A copy of the chart, as another clone would have it. */
async function clone(name: string): Promise<string> {
  const chart = join(folder, name, 'audio-processor');
  await cp(chartDirectory, chart, { recursive: true });
  return chart;
}

async function tar(bytes: Buffer, args: readonly string[]): Promise<string> {
  const file = join(folder, 'archive.tgz');
  await writeFile(file, bytes);
  const { stdout } = await run('tar', [...args, '-f', file], { timeoutMs: 10_000 });
  return stdout;
}

describe('an archive', () => {
  it('is the same from every clone, whatever times, permissions and time zone it has', async () => {
    const [one, other] = [await clone('one'), await clone('other')];
    await utimes(join(other, 'values.yaml'), 1, 1);
    await chmod(join(other, 'Chart.yaml'), 0o600);
    const first = await packChart(one);
    vi.stubEnv('TZ', 'Asia/Tokyo');
    try {
      const second = await packChart(other);
      expect(second.digest).toBe(first.digest);
      expect(second.bytes.equals(first.bytes)).toBe(true);
      expect(first.digest).toBe(digestOf(first.bytes));
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('is another one after any change of a name or a content', async () => {
    const { digest } = await packChart(chartDirectory);
    const changed = await clone('changed');
    await writeFile(join(changed, 'files/more.txt'), '');
    const more = await packChart(changed);
    await writeFile(join(changed, 'files/more.txt'), 'x');
    expect(new Set([digest, more.digest, (await packChart(changed)).digest]).size).toBe(3);
  });

  it('holds plain files of nobody, with one time and one mode', async () => {
    const { bytes, files } = await packChart(chartDirectory);
    const lines = (await tar(bytes, ['--list', '--verbose', '--numeric-owner', '--utc'])).split('\n');
    expect(lines).toHaveLength(files.length);
    expect(lines[0]).toMatch(/ audio-processor\/Chart\.yaml$/);
    const line = /^-rw-r--r-- 0\/0 +\d+ 1985-10-26 08:15 audio-processor\/\S+$/;
    expect(lines.filter((one) => !line.test(one))).toEqual([]);
  });

  it('holds neither tests nor what only makes other files', async () => {
    const chart = await clone('dirty');
    await mkdir(join(chart, 'files/celery/__pycache__'), { recursive: true });
    await writeFile(join(chart, 'files/celery/__pycache__/x.pyc'), '');
    await writeFile(join(chart, 'templates/.hidden.yaml'), '');
    const { files } = await packChart(chart);
    expect(files.filter((path) => /\.hbs$|^ci\/|^tests?\/|__pycache__|\.hidden|\.pyc$/.test(path))).toEqual(
      [],
    );
    expect(files).toEqual((await packChart(chartDirectory)).files);
  });

  it.each(testedHelms)('holds exactly what %s would pack', async (name) => {
    const executable = await program(name);
    await helm(['package', chartDirectory, '--destination', folder], { helm: executable }, 60_000);
    const { bytes, files, fileName } = await packChart(chartDirectory);
    const { stdout } = await run('tar', ['--list', '-f', join(folder, fileName)], { timeoutMs: 10_000 });
    expect(stdout.split('\n').sort()).toEqual(files.map((path) => `audio-processor/${path}`).sort());
    expect((await tar(bytes, ['--list'])).split('\n').sort()).toEqual(stdout.split('\n').sort());
  });
});

describe('.helmignore', () => {
  it.each(['!templates/kept.yaml', 'a/**/b', '[ab].txt'])(
    'a rule such as %s is refused, not misread',
    async (rule) => {
      const chart = await clone('rules');
      await writeFile(join(chart, '.helmignore'), `${rule}\n`);
      await expect(packChart(chart)).rejects.toThrow('is a rule that only Helm knows');
    },
  );

  it('leaves out by name, by path, and a directory with all that it holds', async () => {
    const chart = await clone('rules');
    for (const path of ['drafts/a/b.txt', 'notes/drafts', 'files/c.bak', 'files/worker/c.txt', 'root.txt']) {
      await mkdir(join(chart, path, '..'), { recursive: true });
      await writeFile(join(chart, path), '');
    }
    const all = (await packChart(chart)).files;
    await writeFile(
      join(chart, '.helmignore'),
      '# comment\n\n*.hbs\ndrafts/\n*.bak\nfiles/worker/c.txt\n/root.txt\n',
    );
    const left = (await packChart(chart)).files;
    const ignored = ['drafts/a/b.txt', 'files/c.bak', 'files/worker/c.txt', 'root.txt'];
    expect(all.filter((path) => !left.includes(path))).toEqual(ignored);
    expect(left).toContain('notes/drafts');
  });
});
