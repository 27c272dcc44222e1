// What a file is, by what it holds.

import { constants } from 'node:fs';
import fs from 'node:fs/promises';
import { explainReadFailure } from '../../disk/read-file.js';

export type FileKind = 'folder' | 'zip' | 'hdf5' | 'json' | 'other';

/** HDF5 begins at the start, or behind a block of its author's: at 512 bytes, 1024, 2048. */
const HDF5 = '\x89HDF\r\n\x1a\n';
const HDF5_PLACES = [0, 512, 1024, 2048];

export interface IdentifiedFile {
  readonly kind: FileKind;
  /** its first bytes, as Latin-1: a character a byte */
  readonly start: string;
}

/** @throws CnnvizError NOT_FOUND, NOT_READABLE */
export async function identifyFile(path: string): Promise<IdentifiedFile> {
  const start = await readStart(path, 4096);
  return start === undefined ? { kind: 'folder', start: '' } : { kind: findKind(start), start };
}

function findKind(start: string): FileKind {
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return 'zip';
  if (HDF5_PLACES.some((place) => start.startsWith(HDF5, place))) return 'hdf5';
  return /^(\xEF\xBB\xBF)?\s*[[{]/.test(start) ? 'json' : 'other';
}

/** Undefined for a folder. */
async function readStart(path: string, count: number): Promise<string | undefined> {
  try {
    // Else opening a pipe would wait for somebody to write into it.
    const file = await fs.open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const status = await file.stat();
      if (status.isDirectory()) return undefined;
      if (!status.isFile()) return '';
      const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, 0);
      return buffer.toString('latin1', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw explainReadFailure(error, path);
  }
}
