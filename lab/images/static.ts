import { basename, dirname, join } from 'node:path';
import { hashOf } from '../../src/tools/cache.ts';
import { type Program, program } from '../../src/tools/programs.ts';
import { accountFiles } from './accounts.ts';
import type { ImageRecipe } from './image.ts';
import type { ImageConfig } from './oci.ts';
import { pythonRootfs } from './python-layers.ts';
import { authorities, builderHash } from './rootfs.ts';
import { directory, programFile } from './tree.ts';

/**
 * An image of one static program of ours: the binary, certificate authorities, accounts and a /tmp. No shell.
 * @param place of the binary in the image, where the public image has it.
 */
export async function staticImage(
  name: string,
  what: Program,
  place: string,
  config: Omit<ImageConfig, 'entrypoint'>,
  note: (line: string) => void,
): Promise<ImageRecipe> {
  const file = await program(what, note);
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
          programFile(authorities, join((await pythonRootfs(note)).tree, authorities)),
          directory('tmp', { uid: 0, gid: 0 }, 0o1777),
          ...accountFiles(),
        ],
      },
    ],
  };
}
