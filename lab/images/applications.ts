import { join } from 'node:path';
import { hashOf, hashOfTree } from '../../src/tools/cache.ts';
import { repositoryRoot } from '../../src/tools/versions.ts';
import type { ImageRecipe } from './image.ts';
import { isSource, pythonBase, pythonPackages, pythonSources, venv } from './python-layers.ts';
import { builderHash } from './rootfs.ts';
import { directory } from './tree.ts';

const application = join(repositoryRoot, 'lab/reference-app');
const masterml = join(repositoryRoot, 'lab/services/masterml');
const appOwner = { uid: 1000, gid: 1000 };
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const python = { PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1', LANG: 'C.UTF-8' };

/** The reference application as the contract's image lays it out: /app, user 1000, packages in /opt/venv. */
export async function referenceAppImage(note: (line: string) => void): Promise<ImageRecipe> {
  const sources = join(application, 'src');
  const caches = ['huggingface', 'torch', 'transformers'];
  return {
    name: 'localhost/audio-processor-reference',
    config: {
      user: `${appOwner.uid}:${appOwner.gid}`,
      workdir: '/app',
      command: ['uvicorn', 'src.main:app', '--host', '0.0.0.0', '--port', '8000', '--workers', '1'],
      ports: [8000],
      env: {
        PATH: `/${venv}/bin:${systemPath}`,
        ...python,
        HF_HOME: '/app/.cache/huggingface',
        TORCH_HOME: '/app/.cache/torch',
        TRANSFORMERS_CACHE: '/app/.cache/transformers',
      },
    },
    layers: [
      await pythonBase(note),
      await pythonPackages('reference-app', join(application, 'requirements.txt'), note),
      {
        name: 'reference-app-folders',
        key: hashOf(await builderHash()),
        entries: async () =>
          ['app', 'app/logs', 'app/.cache', ...caches.map((name) => `app/.cache/${name}`)].map((path) =>
            directory(path, appOwner),
          ),
      },
      await pythonSources(
        'reference-app',
        { folder: sources, place: 'app/src', key: await hashOfTree(sources, isSource), owner: appOwner },
        note,
      ),
    ],
  };
}

/** The receiver of results, one file on the standard library. */
export async function mastermlImage(note: (line: string) => void): Promise<ImageRecipe> {
  return {
    name: 'localhost/masterml-receiver',
    config: {
      user: '65534:65534',
      workdir: '/srv',
      command: ['python3', '/srv/receiver.py'],
      ports: [8000],
      env: { PATH: systemPath, ...python },
    },
    layers: [
      await pythonBase(note),
      await pythonSources(
        'masterml',
        {
          folder: masterml,
          place: 'srv',
          key: await hashOfTree(masterml, isSource),
          owner: { uid: 0, gid: 0 },
        },
        note,
      ),
    ],
  };
}
