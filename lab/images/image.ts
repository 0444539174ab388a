import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached, forgetOld, hashOf } from '../../src/tools/cache.ts';
import type { Progress } from '../../src/tools/progress.ts';
import { type LayerRecipe, layer } from './layer.ts';
import { type ImageConfig, writeImage } from './oci.ts';

/** Earlier packings of an image that stay in the cache: other clones' and the last few edits'. */
const kept = 2;

/** How an image is made. */
export interface ImageRecipe {
  /** registry/repository; with a tag where it replaces a public image, without where the content gives the tag. */
  readonly name: string;
  readonly config: ImageConfig;
  /** From the bottom up; the one that changes most is last. */
  readonly layers: readonly LayerRecipe[];
}

/** An image in the cache. */
export interface LabImage {
  /** registry/repository:tag */
  readonly name: string;
  /** OCI layout as a tar file. */
  readonly archive: string;
  /** Of the manifest: `sha256:…` */
  readonly digest: string;
}

/** The image of a recipe, packed unless its very inputs were packed before. */
export async function image(recipe: ImageRecipe, progress: Progress): Promise<LabImage> {
  const key = hashOf(recipe.name, JSON.stringify(recipe.config), ...recipe.layers.map((one) => one.key));
  const name = referenceOf(recipe.name, key);
  const short = recipe.name.replace(/^.*\//, '').replace(/:.*$/, '');
  const folder = await cached(
    'images',
    `${short}-${key}`,
    async (draft) => {
      await forgetOld('images', short, kept);
      const layers = [];
      for (const one of recipe.layers) layers.push(await layer(one, progress));
      progress.note(`packing image ${name}`);
      const digest = await writeImage(join(draft, 'image.tar'), name, recipe.config, layers);
      await writeFile(join(draft, 'digest'), digest);
    },
    progress,
  );
  return { name, archive: join(folder, 'image.tar'), digest: await readFile(join(folder, 'digest'), 'utf8') };
}

/** A different tag for every content, so that a node with `IfNotPresent` never runs an old one. */
function referenceOf(name: string, key: string): string {
  const last = name.slice(name.lastIndexOf('/') + 1);
  return last.includes(':') ? name : `${name}:${key.slice(0, 12)}`;
}
