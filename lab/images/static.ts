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
  /** Path of the program in the public image, without leading slash. */
  readonly place: string;
  /** A second program of the same module, which is beside the first and is started by its own name. */
  readonly beside?: Program;
  readonly config: Omit<ImageConfig, 'entrypoint'>;
}

/** An image of a static program of ours and maybe its tool: binaries, certificate authorities, accounts, /tmp. No shell. */
export async function staticImage(what: Program, how: StaticImage, progress: Progress): Promise<ImageRecipe> {
  const { name, place, beside, config } = how;
  const file = await program(what, progress.note, progress.signal);
  const tools =
    beside === undefined ? [] : [programFile(join(dirname(place), beside), await program(beside))];
  return {
    name,
    config: { ...config, entrypoint: [`/${place}`] },
    layers: [
      {
        name: what,
        // The cache's folder of a program is named by a hash of its sources and toolchain.
        key: hashOf(await builderHash(), basename(dirname(file)), what, place, beside ?? ''),
        entries: async () => [
          programFile(place, file),
          ...tools,
          programFile(authorities, join((await pythonRootfs(progress)).tree, authorities)),
          directory('tmp', { uid: 0, gid: 0 }, 0o1777),
          ...accountFiles(),
        ],
      },
    ],
  };
}
