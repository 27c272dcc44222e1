// Reads zip archives of strangers: bounded before anything is unpacked.

import fs from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import type yauzl from 'yauzl';
import { explainWriteFailure } from '../../disk/files.js';
import { explainReadFailure } from '../../disk/read-file.js';
import { describeValue } from '../../disk/schema.js';
import type { RefuseFile } from '../bad-model.js';

/** yauzl 3.4 as promises; its type package still describes 2.10. */
interface Archive {
  readonly fileSize: number;
  eachEntry(): AsyncIterable<yauzl.Entry>;
  openReadStreamPromise(entry: yauzl.Entry): Promise<Readable>;
  readLocalFileHeaderPromise(entry: yauzl.Entry, options: { minimal: true }): Promise<{ fileDataStart: number }>;
  close(): void;
}

export interface ZipArchive {
  /** bytes by name, folders left out; without the folder that holds everything, where there is one */
  readonly entries: ReadonlyMap<string, number>;
  /** @throws what `refuse` makes of an entry of more bytes, or a damaged one */
  read(name: string, atMost: number): Promise<Buffer>;
  /** Writes an entry to a new file, piece by piece. */
  extract(name: string, target: string): Promise<void>;
  close(): void;
}

/** An export has a handful. */
const entriesAtMost = 10_000;
/** Unpacked bytes for each packed one, at most, of an entry and of all; numbers that training has left shrink to nine tenths. */
const inflationAtMost = 100;
/** Unpacked bytes that no ratio makes suspicious. */
const harmless = 16 * 2 ** 20;

/** Bytes. */
const copiedAtOnce = 2 ** 20;

export async function openZip(path: string, refuse: RefuseFile): Promise<ZipArchive> {
  const archive = await openArchive(path, refuse);
  try {
    const entries = await listEntries(archive, refuse);
    return {
      entries: new Map([...entries].map(([name, entry]) => [name, entry.uncompressedSize])),
      close: () => archive.close(),
      read: (name, atMost) => readEntry(archive, entries.get(name) as yauzl.Entry, atMost, refuse),
      extract: (name, target) => extractEntry(path, archive, entries.get(name) as yauzl.Entry, target, refuse),
    };
  } catch (error) {
    archive.close();
    throw error;
  }
}

async function openArchive(path: string, refuse: RefuseFile): Promise<Archive> {
  const { default: zip } = await import('yauzl');
  const open = promisify<string, yauzl.Options, unknown>(zip.open);
  try {
    return (await open(path, { lazyEntries: true, autoClose: false })) as Archive;
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw explainReadFailure(error, path);
    throw refuse(`it begins as a zip archive and has no end (${messageOf(error)})`, {
      hint: 'Its upload or download may have ended early: get the file again.',
      cause: error,
    });
  }
}

/** yauzl refuses names that lead out of a folder: absolute ones, those with `..`, those with a backslash. */
async function listEntries(archive: Archive, refuse: RefuseFile): Promise<Map<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>();
  let [count, total] = [0, 0];
  try {
    for await (const entry of archive.eachEntry()) {
      if (++count > entriesAtMost) throw refuse(`it is a zip archive of more than ${entriesAtMost} entries`);
      const name = entry.fileName;
      if (name.endsWith('/') || name.startsWith('__MACOSX/') || name.endsWith('.DS_Store')) continue;
      if (entries.has(name)) throw refuse(`it is a zip archive with two entries called ${describeValue(name)}`);
      checkSize(entry, refuse);
      total += entry.uncompressedSize;
      entries.set(name, entry);
    }
  } catch (error) {
    throw isOurs(error)
      ? error
      : refuse(`it is a zip archive that cannot be read (${messageOf(error)})`, { cause: error });
  }
  // Entries may share their bytes, or be many.
  if (total > Math.max(harmless, archive.fileSize * inflationAtMost)) {
    throw refuse(`its entries would unpack to ${total} bytes from ${archive.fileSize}, which no network's weights do`);
  }
  return stripCommonFolder(entries);
}

function checkSize(
  { fileName, uncompressedSize, compressedSize, generalPurposeBitFlag }: yauzl.Entry,
  refuse: RefuseFile,
) {
  const name = describeValue(fileName);
  if ((generalPurposeBitFlag & 1) === 1) throw refuse(`its entry ${name} is encrypted`, { hint: 'Unpack it first.' });
  if (uncompressedSize <= harmless || uncompressedSize <= compressedSize * inflationAtMost) return;
  throw refuse(
    `its entry ${name} would unpack to ${uncompressedSize} bytes from ${compressedSize}, which no network's weights do`,
  );
}

/** Who zips a folder gets its name before all others. */
function stripCommonFolder(entries: Map<string, yauzl.Entry>): Map<string, yauzl.Entry> {
  const [first = ''] = entries.keys();
  const folder = first.slice(0, first.indexOf('/') + 1);
  if (folder === '' || ![...entries.keys()].every((name) => name.startsWith(folder))) return entries;
  return new Map([...entries].map(([name, entry]) => [name.slice(folder.length), entry]));
}

async function readEntry(archive: Archive, entry: yauzl.Entry, atMost: number, refuse: RefuseFile): Promise<Buffer> {
  if (entry.uncompressedSize > atMost) {
    throw refuse(`its entry ${describeValue(entry.fileName)} has ${entry.uncompressedSize} bytes, more than ${atMost}`);
  }
  try {
    const parts: Buffer[] = [];
    for await (const part of checkSum(await archive.openReadStreamPromise(entry), entry)) parts.push(part);
    return Buffer.concat(parts);
  } catch (error) {
    throw damaged(entry, error, refuse);
  }
}

async function extractEntry(
  path: string,
  archive: Archive,
  entry: yauzl.Entry,
  target: string,
  refuse: RefuseFile,
): Promise<void> {
  const source = await openEntry(path, archive, entry).catch((error) => {
    throw damaged(entry, error, refuse);
  });
  const file = fs.createWriteStream(target, { flags: 'wx' });
  await pipeline(source, (parts) => checkSum(parts, entry), file).catch((error) => {
    const isOfDisk = error instanceof Error && 'syscall' in error;
    throw isOfDisk ? explainWriteFailure(error, target) : damaged(entry, error, refuse);
  });
}

/** What goes through, if it is what was packed: neither yauzl looks at that nor HDF5, and a wrong number looks like any other. */
async function* checkSum(parts: AsyncIterable<Buffer>, { crc32: expected }: yauzl.Entry): AsyncGenerator<Buffer> {
  let found = 0;
  for await (const part of parts) {
    found = crc32(part, found);
    yield part;
  }
  if (found !== expected) throw new Error('its checksum differs');
}

/** Keras does not pack its weights: they are copied in large pieces, which takes a third of the time. */
async function openEntry(path: string, archive: Archive, entry: yauzl.Entry): Promise<Readable> {
  const { compressionMethod, compressedSize, uncompressedSize } = entry;
  if (compressionMethod !== 0 || compressedSize === 0) return await archive.openReadStreamPromise(entry);
  if (compressedSize !== uncompressedSize) throw new Error('its sizes differ');
  const { fileDataStart: start } = await archive.readLocalFileHeaderPromise(entry, { minimal: true });
  return fs.createReadStream(path, { start, end: start + compressedSize - 1, highWaterMark: copiedAtOnce });
}

function damaged(entry: yauzl.Entry, cause: unknown, refuse: RefuseFile) {
  return refuse(`its entry ${describeValue(entry.fileName)} is damaged (${messageOf(cause)})`, {
    hint: 'Get the file again.',
    cause,
  });
}

function isOurs(error: unknown): boolean {
  return error instanceof Error && error.name === 'CnnvizError';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n', 1)[0] as string).slice(0, 120) : String(error);
}
