import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError, run } from '../process/run.ts';
import { program } from '../tools/programs.ts';

/** How to reach what is signed. */
export interface SigningOptions {
  /** Chart with the digest of its manifest, without scheme: `registry.example.com/charts/audio-processor@sha256:…`. */
  readonly reference: string;
  readonly plainHttp: boolean;
  readonly note?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** No service is used: neither a transparency log nor an authority for time or certificates. */
const signingConfig = { mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json' };

/**
 * Signs a published chart with cosign and a private key; the signature is stored beside the chart in the registry.
 * The key's password comes from the environment, COSIGN_PASSWORD, as cosign takes it.
 * @param key file of a private key, as `cosign generate-key-pair` makes it
 * @throws {CommandError} with cosign's words.
 */
export async function sign(key: string, options: SigningOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'signing-'));
  try {
    const config = join(folder, 'signing-config.json');
    await writeFile(config, JSON.stringify(signingConfig));
    await cosign(['sign', '--yes', '--key', key, '--signing-config', config, ...where(options)], options);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * Whether the chart carries a signature by the private key of this public key.
 * @throws {CommandError} when cosign could not find that out.
 */
export async function isSigned(publicKey: string, options: SigningOptions): Promise<boolean> {
  try {
    await cosign(['verify', '--key', publicKey, '--insecure-ignore-tlog', ...where(options)], options);
    return true;
  } catch (error) {
    const refused = /no signatures found|no matching (signatures|attestations)/i;
    if (error instanceof CommandError && refused.test(error.stderr)) return false;
    throw error;
  }
}

/** The public half of a private key, in PEM. */
export async function publicKeyOf(key: string, options: SigningOptions): Promise<string> {
  return (await cosign(['public-key', '--key', key], options)).stdout;
}

function where({ reference, plainHttp }: SigningOptions): readonly string[] {
  return [...(plainHttp ? ['--allow-http-registry'] : []), reference];
}

async function cosign(args: readonly string[], { note, signal }: SigningOptions) {
  return run(await program('cosign', note, signal), args, {
    // Without it cosign prompts for a password on a terminal; an empty one is a key without.
    env: { COSIGN_PASSWORD: process.env.COSIGN_PASSWORD ?? '' },
    timeoutMs: 2 * 60_000,
    ...(signal === undefined ? {} : { signal }),
  });
}
