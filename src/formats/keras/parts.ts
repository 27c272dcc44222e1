// Where the parts of a .keras file are: in the archive, or in a folder into which somebody has unpacked it.

import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBytes } from '../../disk/read-file.js';
import type { RefuseFile } from '../bad-model.js';
import type { NestedNetwork } from '../config/nested-network.js';
import type { ZipArchive } from '../storage/zip-archive.js';
import type { OpenedContent } from './content.js';
import { openInThread } from './open-in-thread.js';
import { type KerasParts, WEIGHTS_ENTRY } from './open-parts.js';

/** Bytes of a configuration at most. */
const configAtMost = 64 * 2 ** 20;

export function partsOfFolder(folder: string, names: readonly string[], refuse: RefuseFile): KerasParts {
  return {
    read: async (name) => (names.includes(name) ? await readBytes(join(folder, name), configAtMost) : undefined),
    openWeights: (network) => openInThread({ path: join(folder, WEIGHTS_ENTRY), network }, refuse),
  };
}

export function partsOfArchive(archive: ZipArchive, refuse: RefuseFile): KerasParts {
  return {
    read: async (name) => (archive.entries.has(name) ? await archive.read(name, configAtMost) : undefined),
    openWeights: (network) => unpackWeights(archive, network, refuse),
  };
}

/** The HDF5 library reads from disk: the weights go there piece by piece, and are gone from there when they are open. */
async function unpackWeights(archive: ZipArchive, network: NestedNetwork, refuse: RefuseFile): Promise<OpenedContent> {
  const folder = await fs.mkdtemp(join(tmpdir(), 'cnnviz-weights-'));
  const remove = () => fs.rm(folder, { recursive: true, force: true });
  try {
    const target = join(folder, WEIGHTS_ENTRY);
    await archive.extract(WEIGHTS_ENTRY, target);
    const opened = await openInThread({ path: target, network }, refuse);
    await remove().catch(() => undefined); // Windows lets nobody remove what is open
    const close = async () => {
      await opened.close();
      await remove();
    };
    return { ...opened, close };
  } catch (error) {
    await remove();
    throw error;
  }
}
