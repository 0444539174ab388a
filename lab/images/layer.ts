import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached, forgetOld } from '../../src/tools/cache.ts';
import type { Progress } from '../../src/tools/progress.ts';
import { type TarEntry, type Written, writeTar } from './tar.ts';
import { layerEntries } from './tree.ts';

/** How one layer of an image is made. Nothing is done until the layer is needed and not in the cache. */
export interface LayerRecipe {
  /** What it holds, for the cache's folder and for progress. */
  readonly name: string;
  /** A hash of everything the content depends on. */
  readonly key: string;
  /** Makes the content. The folder is empty and writable, and is removed afterwards. */
  readonly entries: (workFolder: string) => Promise<readonly TarEntry[]>;
}

/** A plain, uncompressed layer on disk: nobody pulls it over a wire, and it unpacks faster. */
export interface Layer extends Written {
  readonly name: string;
  readonly file: string;
}

/** Earlier layers of one name that stay in the cache. */
const kept = 2;

/** The layer of a recipe, from the cache where possible. */
export async function layer(recipe: LayerRecipe, progress: Progress): Promise<Layer> {
  const folder = await cached(
    'layers',
    `${recipe.name}-${recipe.key}`,
    async (draft) => {
      progress.note(`packing ${recipe.name}`);
      await forgetOld('layers', recipe.name, kept);
      const work = join(draft, 'work');
      await mkdir(work);
      const written = await writeTar(join(draft, 'layer.tar'), layerEntries(await recipe.entries(work)));
      await rm(work, { recursive: true });
      await writeFile(join(draft, 'layer.json'), JSON.stringify(written));
    },
    progress,
  );
  const written = JSON.parse(await readFile(join(folder, 'layer.json'), 'utf8')) as Written;
  return { ...written, name: recipe.name, file: join(folder, 'layer.tar') };
}
