// What a file is, by its first bytes.

import { constants } from 'node:fs';
import fs from 'node:fs/promises';
import { explainReadFailure } from '../../disk/read-file.js';

export type FileKind = 'zip' | 'hdf5' | 'json' | 'other';

const SIGNATURES: readonly [kind: FileKind, bytes: string][] = [
  ['zip', 'PK\x03\x04'],
  ['zip', 'PK\x05\x06'],
  ['hdf5', '\x89HDF\r\n\x1a\n'],
];

/** @throws CnnvizError NOT_FOUND, NOT_READABLE */
export async function identifyFile(path: string): Promise<FileKind> {
  const start = await readStart(path, 512);
  return SIGNATURES.find(([, bytes]) => start.startsWith(bytes))?.[0] ?? (/^\s*\{/.test(start) ? 'json' : 'other');
}

/** As Latin-1: a character a byte. */
async function readStart(path: string, count: number): Promise<string> {
  try {
    const file = await fs.open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, 0);
      return buffer.toString('latin1', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw explainReadFailure(error, path);
  }
}
