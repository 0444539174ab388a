import { createHash } from 'node:crypto';
import { type FileHandle, open, readFile } from 'node:fs/promises';

/** One member of a tar file. */
export type TarEntry = {
  /** Relative, without leading or trailing slash. */
  readonly path: string;
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since the epoch, and the epoch when absent: a time that says when a file was packed says nothing of what it is. */
  readonly mtime?: number;
} & (
  | { readonly kind: 'directory' }
  | { readonly kind: 'symlink'; readonly target: string }
  | { readonly kind: 'file'; readonly content: Buffer | OnDisk }
);

/** Content that is read when its turn comes, so that a layer need not fit into memory. */
export interface OnDisk {
  readonly file: string;
  /** Bytes; stated in the header before the file is read. */
  readonly size: number;
}

/** A file that was written, with what others refer to it by. */
export interface Written {
  /** `sha256:<64 hex digits>` */
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
}

const block = 512;
const writeAtOnce = 4 * 1024 * 1024;
const types = { file: '0', symlink: '2', directory: '5' } as const;

/** Writes entries in the given order; the same entries always give the same bytes. */
export async function writeTar(file: string, entries: Iterable<TarEntry>): Promise<Written> {
  const output = await open(file, 'wx', 0o644);
  try {
    return await writeHashed(output, tarBlocks(entries));
  } finally {
    await output.close();
  }
}

/** The bytes of a tar file, piece by piece. */
export async function* tarBlocks(entries: Iterable<TarEntry>): AsyncGenerator<Buffer> {
  for (const entry of entries) {
    const size =
      entry.kind !== 'file' ? 0 : Buffer.isBuffer(entry.content) ? entry.content.length : entry.content.size;
    yield header(entry, size);
    if (entry.kind !== 'file') continue;
    const content = Buffer.isBuffer(entry.content) ? entry.content : await readFile(entry.content.file);
    if (content.length !== size)
      throw new Error(`${entry.path} changed while it was packed: ${size} bytes became ${content.length}`);
    yield content;
    yield padding(size);
  }
  yield Buffer.alloc(2 * block);
}

/** POSIX ustar header; what does not fit its fields goes into a pax record before it. */
function header(entry: TarEntry, size: number): Buffer {
  const path = entry.kind === 'directory' ? `${entry.path}/` : entry.path;
  const target = entry.kind === 'symlink' ? entry.target : '';
  const records = [...paxRecord('path', path), ...paxRecord('linkpath', target)];
  const plain = ustar({ ...entry, path, target, type: types[entry.kind], size });
  if (records.length === 0) return plain;
  const extension = Buffer.concat(records);
  const lead = ustar({
    path: 'PaxHeader',
    target: '',
    type: 'x',
    size: extension.length,
    mode: 0o644,
    uid: 0,
    gid: 0,
  });
  return Buffer.concat([lead, extension, padding(extension.length), plain]);
}

/** `length key=value\n`, where length counts itself; nothing when the value fits into 100 bytes of ASCII. */
function paxRecord(key: string, value: string): readonly Buffer[] {
  const bytes = Buffer.from(value);
  if (bytes.length <= 100 && bytes.every((byte) => byte < 0x80)) return [];
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest;
  while (length !== rest + String(length).length) length = rest + String(length).length;
  return [Buffer.from(`${length} ${key}=${value}\n`)];
}

interface Header {
  readonly path: string;
  readonly target: string;
  readonly type: string;
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtime?: number;
}

function ustar(fields: Header): Buffer {
  const bytes = Buffer.alloc(block);
  const text = (value: string, offset: number, length: number) =>
    Buffer.from(value).copy(bytes, offset, 0, length);
  const octal = (value: number, offset: number, length: number) => {
    const digits = value.toString(8).padStart(length - 1, '0');
    if (digits.length >= length) throw new Error(`${fields.path}: ${value} does not fit into a tar header`);
    bytes.write(digits, offset, 'ascii');
  };
  text(fields.path, 0, 100);
  octal(fields.mode, 100, 8);
  octal(fields.uid, 108, 8);
  octal(fields.gid, 116, 8);
  octal(fields.size, 124, 12);
  octal(fields.mtime ?? 0, 136, 12);
  text(fields.type, 156, 1);
  text(fields.target, 157, 100);
  bytes.write('ustar\u000000', 257, 'ascii');
  // The checksum is the sum of the header's bytes with its own field taken as spaces.
  bytes.fill(' ', 148, 156);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii');
  return bytes;
}

function padding(size: number): Buffer {
  return Buffer.alloc((block - (size % block)) % block);
}

/** Writes pieces in large steps and hashes them on the way. */
async function writeHashed(output: FileHandle, pieces: AsyncIterable<Buffer>): Promise<Written> {
  const hash = createHash('sha256');
  let size = 0;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  const flush = async () => {
    const bytes = Buffer.concat(waiting);
    hash.update(bytes);
    for (let offset = 0; offset < bytes.length; ) offset += (await output.write(bytes, offset)).bytesWritten;
    waiting = [];
    waitingBytes = 0;
  };
  for await (const piece of pieces) {
    waiting.push(piece);
    waitingBytes += piece.length;
    size += piece.length;
    if (waitingBytes >= writeAtOnce) await flush();
  }
  await flush();
  return { digest: `sha256:${hash.digest('hex')}`, size };
}
