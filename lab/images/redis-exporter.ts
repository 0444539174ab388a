import { join } from 'node:path';
import type { Progress } from '../../src/tools/progress.ts';
import type { ImageRecipe } from './image.ts';
import { pythonBase } from './python-layers.ts';
import { type RootfsRecipe, rootfs, rootfsKey } from './rootfs.ts';
import { programFile } from './tree.ts';

const recipe: RootfsRecipe = { name: 'redis-exporter', packages: ['prometheus-redis-exporter'] };

/**
 * Debian's redis_exporter in the public image's name, on a base that other images share: unlike there it is linked
 * against glibc, and older (1.45).
 */
export async function redisExporterImage(name: string, progress: Progress): Promise<ImageRecipe> {
  const base = await pythonBase(progress);
  return {
    name,
    config: { user: '59000:59000', entrypoint: ['/redis_exporter'], ports: [9121] },
    layers: [
      base,
      {
        name: 'redis-exporter',
        key: await rootfsKey(recipe),
        entries: async () => [
          programFile(
            'redis_exporter',
            join((await rootfs(recipe, progress)).tree, 'usr/bin/prometheus-redis-exporter'),
          ),
        ],
      },
    ],
  };
}
