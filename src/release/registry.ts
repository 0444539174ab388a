import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HelmError, helm } from '../chart/helm.ts';
import { ProblemError } from '../report/problem.ts';

/** A registry and the path below which charts are, as Helm takes it: `oci://ghcr.io/example/charts`. */
export interface Registry {
  readonly url: string;
  /** HTTP without TLS; for a registry on loopback. */
  readonly plainHttp: boolean;
  /** Helm's executable; the pinned one when absent. */
  readonly helm?: string;
  readonly signal?: AbortSignal;
}

/** A chart as a registry has it. */
export interface Published {
  /** `sha256:<64 hex digits>` of the manifest: what an install by digest names. */
  readonly digest: string;
  /** The archive, as it comes back. */
  readonly bytes: Buffer;
}

const timeoutMs = 5 * 60_000;

/**
 * Checks the address before anything is packed or sent.
 * @throws {ProblemError} with what is allowed.
 */
export function readRegistry(url: string): string {
  if (/^oci:\/\/[a-zA-Z0-9.-]+(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/.test(url)) return url;
  throw new ProblemError([
    {
      message: 'this is no address of a registry',
      found: url,
      allowed: 'oci://HOST[:PORT][/PATH] in small letters, without a tag: oci://ghcr.io/example/charts',
    },
  ]);
}

/**
 * Pulls a chart by its version or by the digest of its manifest.
 * @returns undefined when the registry has none.
 * @throws {HelmError} when the registry does not answer, or refuses.
 */
export async function pull(
  registry: Registry,
  name: string,
  reference: { readonly version: string } | { readonly digest: string },
): Promise<Published | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'pulled-'));
  const [suffix, version] =
    'digest' in reference ? [`@${reference.digest}`, []] : ['', ['--version', reference.version]];
  try {
    const args = ['pull', `${registry.url}/${name}${suffix}`, ...version, '--destination', folder];
    const digest = digestIn(await talk(registry, args));
    const [file, ...more] = await readdir(folder);
    if (file === undefined || more.length > 0) throw new Error(`helm pull left ${1 + more.length} files`);
    return { digest, bytes: await readFile(join(folder, file)) };
  } catch (error) {
    if (error instanceof HelmError && isAbsent(error)) return undefined;
    throw error;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * Pushes an archive. A registry accepts a second content for a version: call `pull` first.
 * @returns the digest of the manifest, which follows from the archive's bytes and time alone.
 * @throws {HelmError} when the registry does not answer, or refuses.
 */
export async function push(registry: Registry, archive: string): Promise<string> {
  return digestIn(await talk(registry, ['push', archive, registry.url]));
}

async function talk(registry: Registry, args: readonly string[]): Promise<string> {
  const { plainHttp, helm: executable, signal } = registry;
  const options = {
    // Helm writes the archive's time into the manifest, in the local time zone.
    env: { TZ: 'UTC' },
    ...(executable === undefined ? {} : { helm: executable }),
    ...(signal === undefined ? {} : { signal }),
  };
  const { stdout, stderr } = await helm(
    [...args, ...(plainHttp ? ['--plain-http'] : [])],
    options,
    timeoutMs,
  );
  return `${stdout}\n${stderr}`;
}

function digestIn(output: string): string {
  const digest = /^Digest: (sha256:[0-9a-f]{64})$/m.exec(output)?.[1];
  if (digest === undefined) throw new Error(`Helm printed no digest:\n${output}`);
  return digest;
}

/** In the words of Helm 3 and 4; every other refusal (no access, no answer) is not an absence. */
function isAbsent({ output }: HelmError): boolean {
  return /: not found\b|manifest unknown|name unknown|MANIFEST_UNKNOWN|NAME_UNKNOWN/.test(output);
}
