import { join } from 'node:path';
import type { Progress } from '../../src/tools/progress.ts';
import { repositoryRoot } from '../../src/tools/versions.ts';
import type { ImageRecipe } from './image.ts';
import { pythonBase, pythonPackages, pythonSources, venv } from './python-layers.ts';
import { rootOwner } from './tree.ts';

const application = join(repositoryRoot, 'lab/reference-app');
const masterml = join(repositoryRoot, 'lab/services/masterml');
const grafana = join(repositoryRoot, 'lab/services/grafana');
const appOwner = { uid: 1000, gid: 1000 };
const writable = [
  'app',
  'app/logs',
  'app/.cache',
  ...['huggingface', 'torch', 'transformers'].map((name) => `app/.cache/${name}`),
];
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const python = { PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1', LANG: 'C.UTF-8' };

/** The reference application as the contract's image lays it out: /app, user 1000, packages in /opt/venv. */
export async function referenceAppImage(progress: Progress): Promise<ImageRecipe> {
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
      await pythonBase(progress),
      await pythonPackages('reference-app', join(application, 'requirements.txt'), progress),
      await pythonSources(
        {
          name: 'reference-app',
          folder: join(application, 'src'),
          place: 'app/src',
          owner: appOwner,
          writable,
        },
        progress,
      ),
    ],
  };
}

/** The receiver of results, one file on the standard library. */
export async function mastermlImage(progress: Progress): Promise<ImageRecipe> {
  return scriptImage('localhost/masterml-receiver', 'masterml', masterml, 'receiver.py', 8000, progress);
}

/** A fake Grafana: it serves no pages, and is healthy only with the chart's configuration. */
export async function grafanaFake(name: string, progress: Progress): Promise<ImageRecipe> {
  return scriptImage(name, 'grafana-fake', grafana, 'fake_grafana.py', 3000, progress);
}

/** A folder of Python on the standard library, one file of which is started. */
async function scriptImage(
  name: string,
  layer: string,
  folder: string,
  file: string,
  port: number,
  progress: Progress,
): Promise<ImageRecipe> {
  return {
    name,
    config: {
      user: '65534:65534',
      workdir: '/srv',
      command: ['python3', `/srv/${file}`],
      ports: [port],
      env: { PATH: systemPath, ...python },
    },
    layers: [
      await pythonBase(progress),
      await pythonSources({ name: layer, folder, place: 'srv', owner: rootOwner }, progress),
    ],
  };
}
