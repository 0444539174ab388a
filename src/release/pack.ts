import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'fflate';
import { pack } from 'tar-stream';
import { parse } from 'yaml';
import { helm } from '../chart/helm.ts';
import { chartFiles } from './contents.ts';

/** A packed chart. */
export interface Archive {
  readonly name: string;
  /** SemVer, as in Chart.yaml. */
  readonly version: string;
  /** `<name>-<version>.tgz`, as Helm names it. */
  readonly fileName: string;
  readonly bytes: Buffer;
  /** `sha256:<64 hex digits>` of the bytes; a registry calls it the digest of the chart's layer. */
  readonly digest: string;
}

/** A chart that was packed here. The same files give the same bytes on every machine and under every Node. */
export interface ChartArchive extends Archive {
  /** Paths below the chart, in the archive's order. */
  readonly files: readonly string[];
}

/**
 * One moment for every file, the one that npm gives to all of its packages: at the epoch itself GNU tar warns of an
 * implausibly old time stamp.
 */
export const packedAt = new Date('1985-10-26T08:15:00Z');

/** Packs a chart directory. The bytes depend on names and contents of its files only, not on clock, owner, mode or locale. */
export async function packChart(chart: string): Promise<ChartArchive> {
  const { name, version } = parse(await readFile(join(chart, 'Chart.yaml'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
  };
  const files = await chartFiles(chart);
  const tar = pack();
  for (const path of files) {
    const entry = { name: `${name}/${path}`, mode: 0o644, uid: 0, gid: 0, mtime: packedAt };
    tar.entry(entry, await readFile(join(chart, path)));
  }
  tar.finalize();
  // Not Node's zlib: its output depends on the version of Node and on the processor.
  const bytes = Buffer.from(gzipSync(await buffer(tar), { level: 9, mtime: 0 }));
  return { name, version, fileName: `${name}-${version}.tgz`, bytes, digest: digestOf(bytes), files };
}

/**
 * Reads a chart that was packed earlier, here or elsewhere.
 * @throws {HelmError} when Helm finds no chart in it.
 */
export async function readArchive(file: string): Promise<Archive> {
  const { stdout } = await helm(['show', 'chart', file], {}, 60_000);
  const { name, version } = parse(stdout) as { readonly name: string; readonly version: string };
  const bytes = await readFile(file);
  return { name, version, fileName: `${name}-${version}.tgz`, bytes, digest: digestOf(bytes) };
}

/** `sha256:<64 hex digits>` of some bytes. */
export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
