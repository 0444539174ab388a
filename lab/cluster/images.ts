import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemError } from '../../src/report/problem.ts';
import { program } from '../../src/tools/programs.ts';
import { sockets } from './addresses.ts';
import { type Cancellation, cancelling } from './cancellation.ts';
import { containerdNamespace } from './containerd.ts';
import type { Instance } from './instance.ts';
import { nodeExec } from './node-process.ts';

/** An image to load: the name that pods use, and the OCI layout archive that holds it. */
export interface NodeImage {
  readonly name: string;
  readonly archive: string;
}

/**
 * Loads images into the node. An archive that was loaded under that name before is left alone: archives are never
 * changed, a new content has a new path.
 * @throws {CommandError} with containerd's words; @throws {ProblemError} when an archive holds no image of that name.
 */
export async function importImages(
  inst: Instance,
  images: readonly NodeImage[],
  cancel: Cancellation = {},
): Promise<void> {
  const loaded = await loadedImages(inst);
  const wanted = images.filter(({ name, archive }) => loaded[name] !== archive);
  if (wanted.length === 0) return;
  const ctr = await containerdClient();
  for (const { archive } of wanted) {
    await nodeExec(inst, [...ctr, 'images', 'import', '--local', archive], {
      timeoutMs: 300_000,
      ...cancelling(cancel),
    });
  }
  const { stdout } = await nodeExec(inst, [...ctr, 'images', 'list', '--quiet'], cancelling(cancel));
  const there = new Set(stdout.split('\n'));
  const absent = wanted.filter(({ name }) => !there.has(name));
  if (absent.length > 0) {
    throw new ProblemError(
      absent.map(({ name, archive }) => ({
        message: `the archive holds no image named ${name}`,
        file: archive,
        found: `images on the node: ${[...there].filter((line) => line.includes(':')).join(', ')}`,
      })),
    );
  }
  const record = { ...loaded, ...Object.fromEntries(wanted.map(({ name, archive }) => [name, archive])) };
  await writeFile(`${recordOf(inst)}.new`, JSON.stringify(record, null, 2));
  await rename(`${recordOf(inst)}.new`, recordOf(inst));
}

/**
 * Gives a loaded image another name, as if a registry had it under that name too. Repeating it changes nothing.
 * @throws {CommandError} when there is no such image.
 */
export async function nameImage(inst: Instance, name: string, alias: string): Promise<void> {
  await nodeExec(inst, [...(await containerdClient()), 'images', 'tag', '--force', name, alias]);
}

/** containerd's client for the images that pods see. */
async function containerdClient(): Promise<readonly [string, ...string[]]> {
  return [await program('ctr'), '--address', sockets.containerd, '--namespace', containerdNamespace];
}

/** Name and archive of every image that was loaded. */
async function loadedImages(inst: Instance): Promise<Readonly<Record<string, string>>> {
  try {
    return JSON.parse(await readFile(recordOf(inst), 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}

function recordOf(inst: Instance): string {
  return join(inst.stateDir, 'images.json');
}

/** Names of the images that the node itself uses. */
export type NodeImages = Readonly<
  Record<'pause' | 'coredns' | 'metrics-server' | 'local-path-provisioner' | 'busybox', string>
>;

/**
 * Finds the node's own images among those to load, by the last part of their repository.
 * @throws {ProblemError} naming all that are missing.
 */
export function nodeImages(images: readonly NodeImage[]): NodeImages {
  const missing: string[] = [];
  const find = (repository: string) => {
    const found = images.find(({ name }) => repositoryEnd(name) === repository);
    if (found === undefined) missing.push(repository);
    return found?.name ?? '';
  };
  const found = {
    pause: find('pause'),
    coredns: find('coredns'),
    'metrics-server': find('metrics-server'),
    'local-path-provisioner': find('local-path-provisioner'),
    busybox: find('busybox'),
  };
  if (missing.length > 0) {
    throw new ProblemError(
      missing.map((repository) => ({ message: `the node needs an image named ${repository}` })),
    );
  }
  return found;
}

/** `coredns` of `registry.k8s.io/coredns/coredns:<tag>`. */
function repositoryEnd(name: string): string {
  return (name.split('/').at(-1) ?? '').replace(/[:@].*$/, '');
}
