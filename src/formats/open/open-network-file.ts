// Opens any file or folder that holds a network.

import { refuseAt } from '../bad-model.js';
import { CONFIG_ENTRY, openKerasArchive, WEIGHTS_ENTRY } from '../keras/open-archive.js';
import { openKerasHdf5 } from '../keras/open-hdf5.js';
import type { NetworkFile } from '../network-file.js';
import { openZip } from '../storage/zip-archive.js';
import { openTfjsModel } from '../tfjs/open-model.js';
import { identifyFile } from './identify-file.js';

/**
 * Opens a network. What a file is decides how, not its name.
 *
 * @param path of a .keras or .h5 file of Keras, or of the JSON file of a TensorFlow.js layers model
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_MODEL
 */
export async function openNetworkFile(path: string): Promise<NetworkFile> {
  const refuse = refuseAt(path);
  const kind = await identifyFile(path);
  if (kind === 'json') return await openTfjsModel(path, refuse);
  if (kind === 'hdf5') return await openKerasHdf5(path, refuse);
  if (kind === 'zip') {
    const archive = await openZip(path, refuse);
    try {
      if (archive.entries.has(CONFIG_ENTRY) && archive.entries.has(WEIGHTS_ENTRY)) {
        return await openKerasArchive(path, archive, refuse);
      }
    } finally {
      archive.close();
    }
  }
  throw refuse('it is no network');
}
