import { copyFile, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { filesBelow, hashOf, hashOfTree } from '../../src/tools/cache.ts';
import type { Progress } from '../../src/tools/progress.ts';
import { accountFiles } from './accounts.ts';
import { consoleScripts, launcher } from './console-scripts.ts';
import { checkPackages, compile, installPackages } from './image-python.ts';
import type { LayerRecipe } from './layer.ts';
import { installAuthorities, type Rootfs, type RootfsRecipe, rootfs, rootfsKey } from './rootfs.ts';
import { directory, symlink as link, type Owner, rootOwner, textFile, treeEntries } from './tree.ts';

/** The environment that holds an application's packages, where the contract's image has it. */
export const venv = 'opt/venv';

const recipe: RootfsRecipe = {
  name: 'python',
  // libstdc++6 is what wheels with C++ inside (numpy) expect of the system; python3-pip-whl is pip itself, for building;
  // bash is what people start by `kubectl exec`, and the application's own base images have it.
  packages: [
    ...[
      'python3.11',
      'python3-pip-whl',
      'ca-certificates',
      'tzdata',
      'dash',
      'bash',
      'coreutils',
      'base-files',
      'base-passwd',
    ],
    ...['netbase', 'libc-bin', 'libstdc++6', 'media-types'],
  ],
  setAside: 'usr/share/python-wheels',
  finish: async (made, progress) => {
    for (const name of ['python3', 'python']) await symlink('python3.11', join(made.tree, 'usr/bin', name));
    await rm(join(made.tree, 'usr/lib/python3.11/EXTERNALLY-MANAGED'), { force: true });
    await installAuthorities(made.tree);
    await compile(made, join(made.tree, 'usr/lib/python3.11'), 'usr/lib/python3.11', progress);
  },
};

/** Debian's Python 3.11 with what a service needs around it: certificates, time zones, a shell. */
export function pythonRootfs(progress: Progress): Promise<Rootfs> {
  return rootfs(recipe, progress);
}

/** The bottom layer of every Python image. */
export async function pythonBase(progress: Progress): Promise<LayerRecipe> {
  return {
    name: 'python-base',
    key: await rootfsKey(recipe),
    entries: async () => [
      ...treeEntries((await pythonRootfs(progress)).tree, { owner: 'as-found' }),
      ...accountFiles(),
    ],
  };
}

/**
 * Packages of a requirements file that names every one of them, installed by the image's own Python: one of another
 * patch version answers the markers in package metadata differently (redis-py needs async-timeout below 3.11.3).
 */
export async function pythonPackages(
  name: string,
  requirementsFile: string,
  progress: Progress,
): Promise<LayerRecipe> {
  return {
    name: `${name}-packages`,
    key: hashOf(await rootfsKey(recipe), await readFile(requirementsFile)),
    entries: async (work) => {
      const base = await pythonRootfs(progress);
      const site = join(work, 'site');
      const place = `${venv}/lib/python3.11/site-packages`;
      progress.note(`installing the Python packages of ${name}`);
      await installPackages(base, site, requirementsFile, progress);
      await checkPackages(base, site, progress);
      const scripts = await consoleScripts(site);
      await rm(join(site, 'bin'), { recursive: true, force: true });
      await compile(base, site, place, progress);
      return [
        textFile(
          `${venv}/pyvenv.cfg`,
          'home = /usr/bin\ninclude-system-site-packages = false\nversion = 3.11\n',
        ),
        ...['python3', 'python'].map((name) => link(`${venv}/bin/${name}`, '/usr/bin/python3.11')),
        ...scripts.map(([script, target]) =>
          textFile(`${venv}/bin/${script}`, launcher(`/${venv}/bin/python3`, target), { mode: 0o755 }),
        ),
        directory(place),
        ...treeEntries(site, { at: place, owner: rootOwner }),
      ];
    },
  };
}

/** Where an application's sources come from and their paths in the image. Paths have no leading slash. */
export interface SourcesRecipe {
  readonly name: string;
  /** Folder of the clone. */
  readonly folder: string;
  /** Folder in the image. */
  readonly place: string;
  readonly owner: Owner;
  /** Folders that the application may write to. */
  readonly writable?: readonly string[];
}

/** An application's sources with their bytecode. Small and last, so that a change of code packs in a moment. */
export async function pythonSources(sources: SourcesRecipe, progress: Progress): Promise<LayerRecipe> {
  const content = await hashOfTree(sources.folder, isSource);
  const { owner, place } = sources;
  const folders = [...(sources.writable ?? []), place];
  return {
    name: sources.name,
    key: hashOf(await rootfsKey(recipe), content, JSON.stringify({ ...sources, folder: '' })),
    entries: async (work) => {
      const stage = join(work, 'source');
      for (const path of filesBelow(sources.folder, isSource)) {
        await mkdir(dirname(join(stage, path)), { recursive: true });
        await copyFile(join(sources.folder, path), join(stage, path));
      }
      // An edit between hash and copy would be kept under the key of the text before it.
      if ((await hashOfTree(stage)) !== content)
        throw new Error(`${sources.folder} changed while it was packed: run again`);
      await compile(await pythonRootfs(progress), stage, place, progress);
      return [...folders.map((path) => directory(path, owner)), ...treeEntries(stage, { at: place, owner })];
    },
  };
}

/** What of a clone's Python folder belongs into an image and its hash. The path is relative to the folder. */
export function isSource(path: string): boolean {
  return !/(^|\/)(__pycache__|\.[^/]*)(\/|$)|\.pyc$/.test(path);
}
