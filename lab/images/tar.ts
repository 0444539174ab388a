import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';

/** One member of a tar file. Its time is always the epoch: when a file was packed is no part of its content. */
export type TarEntry = {
  /** Relative, without leading or trailing slash. */
  readonly path: string;
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
} & (
  | { readonly kind: 'directory' }
  | { readonly kind: 'symlink'; readonly target: string }
  | { readonly kind: 'file'; readonly content: Buffer | OnDisk }
);

/** Content that is read when its turn comes, so that a layer need not fit into memory. */
export interface OnDisk {
  readonly file: string;
  /** Bytes; a file that has another size when it is read is refused. */
  readonly size: number;
}

/** A file that was written, with what others refer to it by. */
export interface Written {
  /** `sha256:<64 hex digits>` */
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
}

const bufferBytes = 4 * 1024 * 1024;
const epoch = new Date(0);
/** User and group numbers have seven octal digits in a tar header; tar-stream would write 7777777 for more. */
const maxOwner = 8 ** 7 - 1;

/**
 * Writes entries in the given order; the same entries always give the same bytes.
 * @throws when a file changed its size since it was listed, or an owner does not fit into a tar header.
 */
export async function writeTar(file: string, entries: Iterable<TarEntry>): Promise<Written> {
  const archive = pack();
  const hash = createHash('sha256');
  let size = 0;
  const output = createWriteStream(file, { flags: 'wx', mode: 0o644, highWaterMark: bufferBytes });
  const hashed = async function* () {
    for await (const piece of archive as AsyncIterable<Buffer>) {
      hash.update(piece);
      size += piece.length;
      yield piece;
    }
  };
  const written = pipeline(hashed, output);
  const added = addAll(archive, entries).catch((error: Error) => archive.destroy(error));
  await Promise.all([written, added]);
  return { digest: `sha256:${hash.digest('hex')}`, size };
}

async function addAll(archive: ReturnType<typeof pack>, entries: Iterable<TarEntry>): Promise<void> {
  for (const entry of entries) {
    const { path, mode, uid, gid, kind } = entry;
    const tooLarge = [uid, gid].find((owner) => owner > maxOwner);
    if (tooLarge !== undefined) throw new Error(`${path}: ${tooLarge} does not fit into a tar header`);
    const header = {
      ...{ name: kind === 'directory' ? `${path}/` : path, type: kind, mode, uid, gid, mtime: epoch },
      ...(entry.kind === 'symlink' && { linkname: entry.target }),
    };
    const content = entry.kind === 'file' ? await contentOf(entry.path, entry.content) : Buffer.alloc(0);
    await new Promise<void>((added, failed) => {
      archive.entry(header, content, (error) => (error ? failed(error) : added()));
    });
  }
  archive.finalize();
}

async function contentOf(path: string, content: Buffer | OnDisk): Promise<Buffer> {
  if (Buffer.isBuffer(content)) return content;
  const bytes = await readFile(content.file);
  if (bytes.length !== content.size)
    throw new Error(`${path} changed while it was packed: ${content.size} bytes became ${bytes.length}`);
  return bytes;
}
