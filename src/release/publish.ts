import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProblemError } from '../report/problem.ts';
import { type Archive, digestOf, packedAt } from './pack.ts';
import { type Published, pull, push, type Registry } from './registry.ts';
import { isSigned, publicKeyOf, type SigningOptions, sign } from './sign.ts';

/** What `publish` did. */
export interface Publication {
  /** What a user installs: `oci://registry.example.com/charts/audio-processor@sha256:…`. */
  readonly reference: string;
  readonly version: string;
  /** Of the manifest. */
  readonly digest: string;
  /** Of the archive. */
  readonly archive: string;
  /** False: the registry had this very chart already. */
  readonly pushed: boolean;
  /** Absent without a key; `already`: it carried this key's signature. */
  readonly signed?: 'now' | 'already';
}

/** Progress of each step. */
type Note = (line: string) => void;

/**
 * Publishes an archive once and for all: what the registry has under this version is never replaced. Ends with a pull
 * by digest and the comparison of every byte.
 * @param key file of a cosign private key that signs the chart
 * @throws {ProblemError} when the version is there with another content.
 * @throws {HelmError} {CommandError} when registry or cosign refuse.
 */
export async function publish(
  archive: Archive,
  registry: Registry,
  options: { readonly key?: string; readonly note?: Note } = {},
): Promise<Publication> {
  const { key, note = () => {} } = options;
  const { name, version } = archive;
  const present = await pull(registry, name, { version });
  if (present !== undefined) requireSame(archive, present, registry);
  note(present === undefined ? `pushing ${version}` : `${version} is there already, the same bytes`);
  const digest = present?.digest ?? (await pushBytes(registry, archive));
  await requireArrived(registry, archive, digest);
  const reference = `${registry.url}/${name}@${digest}`;
  const done = { reference, version, digest, archive: archive.digest, pushed: present === undefined };
  if (key === undefined) return done;
  const { plainHttp, signal } = registry;
  const place = { reference: reference.slice('oci://'.length), plainHttp, note };
  return { ...done, signed: await signOnce(key, signal === undefined ? place : { ...place, signal }) };
}

function requireSame(archive: Archive, present: Published, registry: Registry): void {
  const found = digestOf(present.bytes);
  if (found === archive.digest) return;
  throw new ProblemError([
    {
      message: `${registry.url}/${archive.name} has another chart as version ${archive.version}`,
      found,
      allowed: archive.digest,
      remedy: 'raise the version in Chart.yaml: a published version is never replaced',
    },
  ]);
}

/** Helm takes the archive's time for that of the manifest: the same archive gives the same digest at every push. */
async function pushBytes(registry: Registry, { fileName, bytes }: Archive): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'publish-'));
  try {
    const file = join(folder, fileName);
    await writeFile(file, bytes);
    await utimes(file, packedAt, packedAt);
    return await push(registry, file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function requireArrived(registry: Registry, archive: Archive, digest: string): Promise<void> {
  const arrived = await pull(registry, archive.name, { digest });
  const found = arrived === undefined ? 'nothing' : digestOf(arrived.bytes);
  if (found !== archive.digest) {
    throw new Error(`pulled by digest ${digest}, the registry gave ${found} instead of ${archive.digest}`);
  }
}

async function signOnce(key: string, place: SigningOptions): Promise<'now' | 'already'> {
  const folder = await mkdtemp(join(tmpdir(), 'public-key-'));
  try {
    const publicKey = join(folder, 'cosign.pub');
    await writeFile(publicKey, await publicKeyOf(key, place));
    if (await isSigned(publicKey, place)) return 'already';
    await sign(key, place);
    if (await isSigned(publicKey, place)) return 'now';
    throw new Error(`cosign signed ${place.reference}, but finds no signature by this key`);
  } finally {
    await rm(folder, { recursive: true });
  }
}
