import { join } from 'node:path';
import { run } from '../../src/process/run.ts';
import type { Progress } from '../../src/tools/progress.ts';
import { accountFiles } from './accounts.ts';
import type { ImageRecipe } from './image.ts';
import { type RootfsRecipe, rootfs, rootfsKey } from './rootfs.ts';
import { directory, programFile, rootOwner, symlink } from './tree.ts';

const recipe: RootfsRecipe = { name: 'busybox', packages: ['busybox-static'] };

/**
 * Debian's static busybox with a link for each of its commands, in the name of the public image.
 * Its wget and nslookup crash here: glibc's resolver needs files that a static program's image has not got.
 */
export async function busyboxImage(name: string, progress: Progress): Promise<ImageRecipe> {
  return {
    name,
    config: { command: ['sh'] },
    layers: [
      {
        name: 'busybox',
        key: await rootfsKey(recipe),
        entries: async () => {
          const { tree } = await rootfs(recipe, progress);
          const binary = join(tree, 'bin/busybox');
          const { stdout } = await run(binary, ['--list'], { timeoutMs: 20_000 });
          const commands = stdout.split('\n').filter((command) => command !== '' && command !== 'busybox');
          return [
            programFile('bin/busybox', binary),
            ...commands.map((command) => symlink(`bin/${command}`, 'busybox')),
            directory('tmp', rootOwner, 0o1777),
            directory('root', rootOwner, 0o700),
            ...accountFiles(),
          ];
        },
      },
    ],
  };
}
