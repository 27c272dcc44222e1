// Where the parts of a .keras file are: in the archive, or in a folder into which somebody has unpacked it.

import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBytes } from '../../disk/read-file.js';
import type { RefuseFile } from '../bad-model.js';
import { openHdf5 } from '../storage/hdf5-file.js';
import type { ZipArchive } from '../storage/zip-archive.js';
import { type KerasParts, WEIGHTS_ENTRY } from './open-parts.js';

/** Bytes of a configuration at most. */
const configAtMost = 64 * 2 ** 20;

export function partsOfFolder(folder: string, names: readonly string[], refuse: RefuseFile): KerasParts {
  return {
    read: async (name) => (names.includes(name) ? await readBytes(join(folder, name), configAtMost) : undefined),
    async openWeights() {
      const file = await openHdf5(join(folder, WEIGHTS_ENTRY), refuse);
      return { file, close: async () => file.close() };
    },
  };
}

export function partsOfArchive(archive: ZipArchive, refuse: RefuseFile): KerasParts {
  return {
    read: async (name) => (archive.entries.has(name) ? await archive.read(name, configAtMost) : undefined),
    openWeights: () => unpackWeights(archive, refuse),
  };
}

/** The HDF5 library reads from disk: the weights go there piece by piece, and are gone from there when they are open. */
async function unpackWeights(archive: ZipArchive, refuse: RefuseFile) {
  const folder = await fs.mkdtemp(join(tmpdir(), 'cnnviz-weights-'));
  const remove = () => fs.rm(folder, { recursive: true, force: true });
  try {
    const target = join(folder, WEIGHTS_ENTRY);
    await archive.extract(WEIGHTS_ENTRY, target);
    const file = await openHdf5(target, refuse);
    await remove().catch(() => undefined); // Windows lets nobody remove what is open
    const close = async () => {
      file.close();
      await remove();
    };
    return { file, close };
  } catch (error) {
    await remove();
    throw error;
  }
}
