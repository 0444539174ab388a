import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../src/process/run.ts';
import { ProblemError } from '../../src/report/problem.ts';
import { cached, forgetOld, hashOf, hashOfTree } from '../../src/tools/cache.ts';
import { ensureDebianPackages } from '../../src/tools/debian.ts';
import { type Progress, stoppedBy } from '../../src/tools/progress.ts';

const suite = 'bookworm';
/** Earlier file systems of one name that stay in the cache. */
const kept = 2;

/** Docs and translations, package managers, and what mmdebstrap copies from this machine. */
const unwanted = [
  ...['doc', 'doc-base', 'man', 'info', 'locale', 'lintian', 'bug', 'perl5', 'debconf', 'dpkg'].map(
    (name) => `usr/share/${name}`,
  ),
  ...['lib/apt', 'lib/dpkg', 'lib/systemd', 'cache', 'log', 'backups', 'mail'].map((name) => `var/${name}`),
  ...['apt', 'dpkg', 'hostname', 'resolv.conf', 'fstab', 'cron.daily', 'logrotate.d', 'systemd'].map(
    (name) => `etc/${name}`,
  ),
  ...['usr/bin/dpkg*', 'usr/bin/debconf*', 'usr/sbin/dpkg*', 'dev/*', 'boot', 'lib/systemd', 'usr/lib/dpkg'],
];

/** How a small Debian file system is made. */
export interface RootfsRecipe {
  readonly name: string;
  /** Debian packages; their dependencies come with them. */
  readonly packages: readonly string[];
  /** Part of the tree that building needs and the image must not hold; ends up beside the tree. */
  readonly setAside?: string;
  /** Changes the finished tree, once. */
  readonly finish?: (made: Rootfs, progress: Progress) => Promise<void>;
}

/** A Debian file system in the cache, never changed. */
export interface Rootfs {
  /** The file system's root. */
  readonly tree: string;
  /** What was set aside. */
  readonly aside: string;
}

/** Hash of the code that makes images: a change of it makes every image again. */
export async function builderHash(): Promise<string> {
  return hashOfTree(dirname(fileURLToPath(import.meta.url)));
}

/** Key of a Debian file system. Package versions are what Debian has on the day it is built; they are not part of it. */
export async function rootfsKey(recipe: RootfsRecipe): Promise<string> {
  return hashOf(await builderHash(), suite, recipe.name, ...recipe.packages, recipe.setAside ?? '');
}

/**
 * Unpacks Debian packages into a file system without running their scripts. Needs root, for owners and devices.
 * @throws {ProblemError} without root or on another architecture.
 */
export async function rootfs(recipe: RootfsRecipe, progress: Progress): Promise<Rootfs> {
  const folder = await cached(
    'rootfs',
    `${recipe.name}-${await rootfsKey(recipe)}`,
    async (draft) => {
      requireBuilder();
      await forgetOld('rootfs', recipe.name, kept);
      await ensureDebianPackages(['mmdebstrap', 'debian-archive-keyring'], progress.note);
      progress.note(`unpacking Debian packages for ${recipe.name}`);
      const made = { tree: join(draft, 'tree'), aside: join(draft, 'aside') };
      // In separate mount and process namespaces: it mounts devpts below the tree, and when it is ended half-way
      // nothing may stay mounted there, nor go on writing.
      await run(
        'unshare',
        [
          ...['--mount', '--pid', '--fork', '--kill-child', '--mount-proc', 'mmdebstrap'],
          ...['--mode=root', '--variant=extract', '--components=main', '--architectures=amd64', '--quiet'],
          `--include=${recipe.packages.join(',')}`,
          ...[suite, made.tree],
        ],
        { timeoutMs: 15 * 60 * 1000, ...stoppedBy(progress) },
      );
      if (recipe.setAside !== undefined) await rename(join(made.tree, recipe.setAside), made.aside);
      await strip(made.tree);
      await recipe.finish?.(made, progress);
    },
    progress,
  );
  return { tree: join(folder, 'tree'), aside: join(folder, 'aside') };
}

function requireBuilder(): void {
  const here = `${process.platform}-${process.arch}`;
  if (here !== 'linux-x64') {
    throw new ProblemError([
      { message: 'the lab’s images are made for linux-x64 only', found: here, allowed: 'linux-x64' },
    ]);
  }
  if (process.getuid?.() !== 0) {
    throw new ProblemError([
      {
        message: 'making the lab’s images needs root, for the owners of their files',
        remedy: 'run the command with sudo',
      },
    ]);
  }
}

async function strip(tree: string): Promise<void> {
  for (const pattern of unwanted) {
    if (!pattern.endsWith('*')) {
      await rm(join(tree, pattern), { recursive: true, force: true });
      continue;
    }
    const folder = join(tree, dirname(pattern));
    const prefix = pattern.slice(dirname(pattern).length + 1, -1);
    if (!existsSync(folder)) continue;
    for (const name of await readdir(folder)) {
      if (name.startsWith(prefix)) await rm(join(folder, name), { recursive: true, force: true });
    }
  }
}

/** One file of all certificate authorities, where OpenSSL, Go and curl find it. Debian's own script would make it. */
export async function installAuthorities(tree: string): Promise<void> {
  const source = join(tree, 'usr/share/ca-certificates/mozilla');
  const names = readdirSync(source)
    .filter((name) => name.endsWith('.crt'))
    .sort();
  await mkdir(join(tree, 'etc/ssl/certs'), { recursive: true });
  await writeFile(
    join(tree, authorities),
    names.map((name) => readFileSync(join(source, name), 'utf8')).join(''),
  );
  await mkdir(join(tree, 'usr/lib/ssl'), { recursive: true });
  await rm(join(tree, 'usr/lib/ssl/cert.pem'), { force: true });
  await symlink(`/${authorities}`, join(tree, 'usr/lib/ssl/cert.pem'));
}

/** Path in the image of the file that `installAuthorities` makes. */
export const authorities = 'etc/ssl/certs/ca-certificates.crt';
