import { createHash } from 'node:crypto';
import type { Layer } from './layer.ts';
import { writeTar } from './tar.ts';
import { layerEntries, textFile } from './tree.ts';

/** How an image's processes start; the part of the OCI configuration that the lab uses. */
export interface ImageConfig {
  /** `uid:gid`, numeric, because Kubernetes cannot check a name against runAsNonRoot. */
  readonly user?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly workdir?: string;
  readonly ports?: readonly number[];
}

const architecture = 'amd64';
const os = 'linux';

/**
 * Writes an OCI image layout as one tar file that `ctr images import` takes and names.
 * @param reference the full name, registry/repository:tag.
 * @returns the manifest's digest, which is the image's.
 */
export async function writeImage(
  file: string,
  reference: string,
  config: ImageConfig,
  layers: readonly Layer[],
): Promise<string> {
  const configuration = blob(configurationOf(config, layers));
  const manifest = blob({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: {
      mediaType: 'application/vnd.oci.image.config.v1+json',
      digest: configuration.digest,
      size: configuration.size,
    },
    layers: layers.map((one) => ({
      mediaType: 'application/vnd.oci.image.layer.v1.tar',
      digest: one.digest,
      size: one.size,
    })),
  });
  const index = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [
      {
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        digest: manifest.digest,
        size: manifest.size,
        platform: { architecture, os },
        annotations: {
          'io.containerd.image.name': reference,
          'org.opencontainers.image.ref.name': reference.slice(reference.lastIndexOf(':') + 1),
        },
      },
    ],
  };
  await writeTar(
    file,
    layerEntries([
      textFile('oci-layout', JSON.stringify({ imageLayoutVersion: '1.0.0' })),
      textFile('index.json', JSON.stringify(index)),
      ...[configuration, manifest].map((one) => textFile(blobPath(one.digest), one.text)),
      ...layers.map((one) => ({
        ...textFile(blobPath(one.digest), ''),
        kind: 'file' as const,
        content: { file: one.file, size: one.size },
      })),
    ]),
  );
  return manifest.digest;
}

function configurationOf(config: ImageConfig, layers: readonly Layer[]): object {
  const epoch = '1970-01-01T00:00:00Z';
  return {
    created: epoch,
    architecture,
    os,
    config: {
      ...(config.user === undefined ? {} : { User: config.user }),
      ...(config.ports === undefined
        ? {}
        : { ExposedPorts: Object.fromEntries(config.ports.map((port) => [`${port}/tcp`, {}])) }),
      Env: Object.entries(
        config.env ?? { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
      ).map(([key, value]) => `${key}=${value}`),
      ...(config.entrypoint === undefined ? {} : { Entrypoint: config.entrypoint }),
      ...(config.command === undefined ? {} : { Cmd: config.command }),
      WorkingDir: config.workdir ?? '/',
    },
    rootfs: { type: 'layers', diff_ids: layers.map((one) => one.digest) },
    history: layers.map((one) => ({ created: epoch, created_by: one.name })),
  };
}

function blob(content: object): { readonly text: string; readonly digest: string; readonly size: number } {
  const text = JSON.stringify(content);
  return {
    text,
    digest: `sha256:${createHash('sha256').update(text).digest('hex')}`,
    size: Buffer.byteLength(text),
  };
}

function blobPath(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`;
}
