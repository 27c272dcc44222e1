// The one way to the bytes of an image file, wherever they are: a file of its own, or a part of an archive.

import { closeSync, constants, existsSync, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { type ArchivedFile, findArchived } from './archives.js';
import { isSameVersion } from './tar-index.js';

/** A regular file, or a part of one. */
export interface OpenFile {
  /** bytes */
  size: number;
  /** Less where the file ends before. */
  read(position: number, length: number): Buffer;
}

/**
 * Opens a file for as long as `use` takes; nothing that is not regular is ever opened to be read. It is synchronous on purpose:
 * a read takes tens of microseconds, where the asynchronous one needs a turn of the event loop for each of its steps, and during
 * training there is one turn per (blocking) training step.
 *
 * @throws Error with the code that the system gives; EISDIR for a folder, NOT_REGULAR for a FIFO and the like, CHANGED for an
 * archive that is another one by now, or gone
 */
export function withFile<T>(path: string, use: (file: OpenFile) => T): T {
  const archived = findArchived(path);
  if (archived === null) throw failure('ENOENT');
  if (archived !== undefined) return withArchived(archived, use);
  // By its type, unopened: opening a FIFO would hang.
  requireRegular(statSync(path));
  return withDescriptor(path, (descriptor, stats) => {
    requireRegular(stats);
    return use({ size: stats.size, read: (position, length) => readAt(descriptor, position, length) });
  });
}

/** Bytes. @throws as withFile does */
export function sizeOf(path: string): number {
  return findArchived(path)?.size ?? statSync(path).size;
}

/** All of a file. @throws as withFile does */
export function readWhole(path: string): Buffer {
  return withFile(path, (file) => file.read(0, file.size));
}

function withArchived<T>({ archive, version, offset, size }: ArchivedFile, use: (file: OpenFile) => T): T {
  if (!existsSync(archive)) throw failure('CHANGED');
  return withDescriptor(archive, (descriptor, stats) => {
    if (!isSameVersion(stats, version)) throw failure('CHANGED');
    const read = (position: number, length: number) =>
      readAt(descriptor, offset + position, Math.max(0, Math.min(length, size - position)));
    return use({ size, read });
  });
}

function withDescriptor<T>(path: string, use: (descriptor: number, stats: Stats) => T): T {
  // O_NONBLOCK: not even a FIFO put in its place after the check can hang us
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return use(descriptor, fstatSync(descriptor));
  } finally {
    closeSync(descriptor);
  }
}

function requireRegular(stats: Stats): void {
  if (stats.isDirectory()) throw failure('EISDIR');
  if (!stats.isFile()) throw failure('NOT_REGULAR');
}

function readAt(descriptor: number, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  let done = 0;
  while (done < length) {
    const count = readSync(descriptor, bytes, done, length - done, position + done);
    if (count === 0) return bytes.subarray(0, done);
    done += count;
  }
  return bytes;
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}
