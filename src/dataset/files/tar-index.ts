// What a tar archive holds: the names of its files, and where each one's bytes are.

import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import { type Extract, extract, type Header } from 'tar-stream';
import { CnnvizError } from '../../base/errors.js';

/**
 * What changes when an archive's bytes do, or when another one of the same size and time is moved into its place. The time of
 * its last change of state is left out: other permissions, a new name or a second link are no other bytes.
 */
export interface ArchiveVersion {
  size: number;
  mtimeMs: number;
  ino: number;
}

/** An archive, listed but not unpacked, and which it was then. */
export interface TarIndex extends ArchiveVersion {
  /** regular files, in their order in the archive; names without `./` */
  entries: TarEntry[];
  /** of WebDataset samples with a `.cls` member, by key: the member's text */
  classes: Record<string, string>;
  /** entries that are neither files nor folders: links, devices; the first few by name */
  special: { count: number; examples: string[] };
}

export type TarEntry = [name: string, offset: number, size: number];

/** As tar-stream gives it: its header, and its content as a stream. */
type Entry = Extract extends AsyncIterable<infer Each> ? Each : never;

/** Bytes of a `.cls` member: the number or the name of a class. */
const CLASS_BYTES = 255;
const BLOCK = 512;
const READ_BYTES = 2 ** 20;
const EXAMPLES = 3;

export function versionOf({ size, mtimeMs, ino }: ArchiveVersion): ArchiveVersion {
  return { size, mtimeMs, ino };
}

export function isSameVersion(one: ArchiveVersion, other: ArchiveVersion): boolean {
  return one.size === other.size && one.mtimeMs === other.mtimeMs && one.ino === other.ino;
}

/** WebDataset's key of a member: its name up to the first dot behind the last slash. */
export function keyOf(name: string): string {
  const start = name.lastIndexOf('/') + 1;
  const dot = name.indexOf('.', start);
  return dot < 0 ? name : name.slice(0, dot);
}

export function isClassMember(name: string): boolean {
  return name.slice(keyOf(name).length).toLowerCase() === '.cls';
}

/**
 * Reads an archive from its beginning to its end, once, and keeps where its files are.
 *
 * @throws CnnvizError BAD_DATASET for what is no archive, is damaged or cut off, or names files outside of it or one twice;
 * NOT_READABLE
 */
export async function indexTar(archive: string): Promise<TarIndex> {
  const found = await stat(archive).catch((cause: NodeJS.ErrnoException) => {
    throw unreadable(archive, cause);
  });
  await refuseCompressed(archive);
  const index: TarIndex = { ...versionOf(found), entries: [], classes: {}, special: { count: 0, examples: [] } };
  const names = new Set<string>();
  let end = 0;
  for await (const entry of readEntries(archive)) {
    const { type, size: length, byteOffset, name: written } = entry.header as Header & { byteOffset: number };
    end = byteOffset + Math.ceil(length / BLOCK) * BLOCK;
    const name = checkName(archive, written);
    if (type === 'file' && isClassMember(name) && length <= CLASS_BYTES) {
      index.classes[keyOf(name)] = checkClass(archive, name, await readText(entry));
    }
    entry.resume();
    if (type === 'directory' || written.endsWith('/')) continue;
    if (type !== 'file' && type !== 'contiguous-file') {
      if (++index.special.count <= EXAMPLES) index.special.examples.push(name);
      continue;
    }
    if (names.has(name)) throw refuse(archive, `two files of the name ${name}`);
    names.add(name);
    index.entries.push([name, byteOffset, length]);
  }
  await requireEnd(archive, end);
  return index;
}

/** @throws CnnvizError */
async function* readEntries(archive: string): AsyncGenerator<Entry> {
  const reader = extract();
  const source = createReadStream(archive, { highWaterMark: READ_BYTES });
  source.on('error', (error) => reader.destroy(unreadable(archive, error)));
  source.pipe(reader as unknown as NodeJS.WritableStream);
  try {
    for await (const entry of reader) {
      entry.on('error', () => undefined); // the reader has it, too
      yield entry;
    }
  } catch (cause) {
    if (cause instanceof CnnvizError) throw cause;
    throw refuse(archive, `not a tar archive, or a damaged one (${(cause as Error).message})`, cause);
  } finally {
    source.destroy();
  }
}

async function readText(entry: Entry): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of entry) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString();
}

function unreadable(archive: string, cause: NodeJS.ErrnoException): CnnvizError {
  return new CnnvizError('NOT_READABLE', `${archive}: cannot be read (${cause.code})`, { cause });
}

function refuse(archive: string, problem: string, cause?: unknown): CnnvizError {
  return new CnnvizError('BAD_DATASET', `${archive}: ${problem}`, {
    hint: 'Pack it again, for example with "tar --sort=name -cf photos-000.tar cats dogs".',
    ...(cause !== undefined && { cause }),
  });
}

/** Nothing outside of the archive has a name in it. */
function checkName(archive: string, name: string): string {
  const shown = JSON.stringify(name);
  if (name.startsWith('/') || /^[a-z]:/i.test(name)) throw refuse(archive, `the absolute name ${shown}`);
  if (name.split(/[/\\]/).includes('..')) throw refuse(archive, `the name ${shown}, which leads out of the archive`);
  if (name.includes('\0')) throw refuse(archive, `the name ${shown}`);
  return posix.normalize(name).replace(/^\.\//, '');
}

function checkClass(archive: string, member: string, content: string): string {
  const className = content.trim();
  const isName = className !== '' && !/[/\\\p{Cc}]/u.test(className) && !className.startsWith('.');
  if (isName && Buffer.byteLength(className) <= CLASS_BYTES) return className.normalize();
  throw refuse(archive, `${member}: expected the number or the name of a class`);
}

async function refuseCompressed(archive: string): Promise<void> {
  const head = await readAt(archive, 0, 6);
  const isCompressed = ['1f8b', '28b52ffd', '425a68', 'fd377a58'].some((magic) =>
    head.toString('hex').startsWith(magic),
  );
  if (!isCompressed) return;
  throw new CnnvizError('BAD_DATASET', `${archive}: a compressed archive, whose images cannot be read one by one`, {
    hint: 'Decompress it first, for example with gunzip: compressing JPEGs saves next to nothing.',
  });
}

/** An archive ends in empty blocks; one that was cut off between two files would look whole without them. */
async function requireEnd(archive: string, end: number): Promise<void> {
  const block = await readAt(archive, end, BLOCK);
  if (block.length === BLOCK && block.every((byte) => byte === 0)) return;
  throw refuse(archive, `cut off or damaged after ${end} bytes: it does not end as an archive does`);
}

async function readAt(file: string, position: number, length: number): Promise<Buffer> {
  const handle = await open(file).catch((cause: NodeJS.ErrnoException) => {
    throw unreadable(file, cause);
  });
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(length), position });
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
