import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { onTestFinished, vi } from 'vitest';

/**
 * Puts shell scripts in front of the PATH for one test, or in place of it.
 * @returns the folder that holds them.
 */
export async function fakePrograms(
  scripts: Readonly<Record<string, string>>,
  path: 'before' | 'only' = 'before',
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'programs-'));
  const bin = join(folder, 'bin');
  await mkdir(bin);
  for (const [name, script] of Object.entries(scripts)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, name), 0o755);
  }
  vi.stubEnv('PATH', path === 'only' ? bin : `${bin}${delimiter}${process.env.PATH}`);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });
  return folder;
}
