import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunResult, run } from '../../src/process/run.ts';
import { type Progress, stoppedBy } from '../../src/tools/progress.ts';
import type { Rootfs } from './rootfs.ts';

/**
 * Bytecode beside the sources, valid without reading them. So a start on a read-only root compiles nothing, and the
 * result does not depend on file times. One process in sorted order: parallel ones give other bytes each time.
 * @param place path of the folder in the image, for tracebacks.
 */
export async function compile(
  base: Rootfs,
  folder: string,
  place: string,
  progress: Progress,
): Promise<void> {
  const options = ['-q', '-j', '1', '--invalidation-mode', 'unchecked-hash', '-s', folder, '-p', `/${place}`];
  // Test data of some packages holds sources that are wrong on purpose. Anchored: the cache may be below a `tests`.
  const exclude = `^${folder.replace(/[^\w/]/g, '\\$&')}/(.*/)?(test|tests|lib2to3)/`;
  await imagePython(base, ['-m', 'compileall', ...options, '-x', exclude, folder], {}, progress);
}

/** Installs exactly the packages that a requirements file names, from wheels; without bytecode, which is made for the final place. */
export async function installPackages(
  base: Rootfs,
  site: string,
  requirementsFile: string,
  progress: Progress,
): Promise<void> {
  const options = ['--no-deps', '--only-binary=:all:', '--no-compile'];
  await pip(base, site, ['install', ...options, '--target', site, '-r', requirementsFile], progress);
}

/**
 * Whether the packages in `site` have all that they need, as the image's Python sees it.
 * @throws {CommandError} with the missing requirement.
 */
export async function checkPackages(base: Rootfs, site: string, progress: Progress): Promise<void> {
  await pip(base, site, ['check'], progress);
}

async function pip(
  base: Rootfs,
  site: string,
  args: readonly string[],
  progress: Progress,
): Promise<RunResult> {
  const wheel = (await readdir(base.aside)).find((name) => name.startsWith('pip-'));
  if (wheel === undefined) throw new Error(`no pip in ${base.aside}: Debian's python3-pip-whl has changed`);
  return imagePython(
    base,
    [join(base.aside, wheel, 'pip'), '--quiet', '--no-input', '--disable-pip-version-check', ...args],
    {
      PYTHONPATH: site,
      // What a user may have set for the own work.
      PIP_REQUIRE_VIRTUALENV: '0',
      PIP_USER: '0',
    },
    progress,
  );
}

/** Runs the image's Python here, by its own loader and libraries: no chroot, no mounts, the machine's network as it is. */
async function imagePython(
  base: Rootfs,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  progress: Progress,
): Promise<RunResult> {
  const folders = ['lib/x86_64-linux-gnu', 'usr/lib/x86_64-linux-gnu'].map((folder) =>
    join(base.tree, folder),
  );
  const loader = join(base.tree, 'lib/x86_64-linux-gnu/ld-linux-x86-64.so.2');
  return run(
    loader,
    ['--library-path', folders.join(':'), join(base.tree, 'usr/bin/python3.11'), '-s', ...args],
    {
      // The order of sets in bytecode depends on the hash seed; PYTHONHOME or a virtual environment of the caller would mislead it.
      env: {
        PYTHONHASHSEED: '0',
        PYTHONDONTWRITEBYTECODE: '1',
        PYTHONHOME: '',
        VIRTUAL_ENV: '',
        PYTHONPATH: '',
        ...env,
      },
      timeoutMs: 15 * 60 * 1000,
      ...stoppedBy(progress),
    },
  );
}
