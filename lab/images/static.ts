import { basename, dirname, join } from 'node:path';
import { hashOf } from '../../src/tools/cache.ts';
import { type Program, program } from '../../src/tools/programs.ts';
import type { Progress } from '../../src/tools/progress.ts';
import { accountFiles } from './accounts.ts';
import type { ImageRecipe } from './image.ts';
import type { ImageConfig } from './oci.ts';
import { pythonRootfs } from './python-layers.ts';
import { authorities, builderHash } from './rootfs.ts';
import { directory, programFile } from './tree.ts';

/** How an image of one static program differs from the next. */
export interface StaticImage {
  /** registry/repository:tag of the public image. */
  readonly name: string;
  /** Where the program stands in the public image, without leading slash. */
  readonly place: string;
  readonly config: Omit<ImageConfig, 'entrypoint'>;
}

/** An image of one static program of ours: the binary, certificate authorities, accounts and a /tmp. No shell. */
export async function staticImage(what: Program, how: StaticImage, progress: Progress): Promise<ImageRecipe> {
  const { name, place, config } = how;
  const file = await program(what, progress.note, progress.signal);
  return {
    name,
    config: { ...config, entrypoint: [`/${place}`] },
    layers: [
      {
        name: what,
        // The cache's folder of a program is named by a hash of its sources and toolchain.
        key: hashOf(await builderHash(), basename(dirname(file)), what, place),
        entries: async () => [
          programFile(place, file),
          programFile(authorities, join((await pythonRootfs(progress)).tree, authorities)),
          directory('tmp', { uid: 0, gid: 0 }, 0o1777),
          ...accountFiles(),
        ],
      },
    ],
  };
}
