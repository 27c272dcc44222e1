// Opens a .keras file of Keras 3: a zip archive of config.json, metadata.json and model.weights.h5.

import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseJson } from '../../disk/read-file.js';
import type { RefuseFile } from '../bad-model.js';
import { flattenNetwork } from '../config/flatten-network.js';
import { readNetwork } from '../config/read-network.js';
import type { NetworkFile } from '../network-file.js';
import { type Hdf5File, openHdf5 } from '../storage/hdf5-file.js';
import type { ZipArchive } from '../storage/zip-archive.js';
import { readVariables } from './read-variables.js';
import { locateVariables } from './variable-paths.js';

export const CONFIG_ENTRY = 'config.json';
export const WEIGHTS_ENTRY = 'model.weights.h5';

/** Bytes of a configuration at most. */
const configAtMost = 64 * 2 ** 20;

export async function openKerasArchive(path: string, archive: ZipArchive, refuse: RefuseFile): Promise<NetworkFile> {
  const json = await archive.read(CONFIG_ENTRY, configAtMost);
  const config = parseJson(json, (reason, cause) => refuse(`${CONFIG_ENTRY}: ${reason}`, { cause }));
  const network = readNetwork(config, refuse);
  const definition = flattenNetwork(network, refuse);
  const weights = await openWeights(archive, refuse);
  try {
    const readWeights = readVariables(weights.file, definition, locateVariables(network), refuse);
    return { path, format: 'Keras 3 archive', definition, readWeights, close: weights.close };
  } catch (error) {
    await weights.close();
    throw error;
  }
}

/** The library reads from disk: the entry goes there piece by piece, and is gone from there when it is open. */
async function openWeights(
  archive: ZipArchive,
  refuse: RefuseFile,
): Promise<{ file: Hdf5File; close(): Promise<void> }> {
  const folder = await fs.mkdtemp(join(tmpdir(), 'cnnviz-weights-'));
  const remove = () => fs.rm(folder, { recursive: true, force: true });
  try {
    const target = join(folder, WEIGHTS_ENTRY);
    await archive.extract(WEIGHTS_ENTRY, target);
    const file = await openHdf5(target, refuse);
    // Windows lets nobody remove what is open.
    await remove().catch(() => undefined);
    return {
      file,
      async close() {
        file.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
