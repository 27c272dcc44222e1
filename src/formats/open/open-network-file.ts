// Opens any file or folder that holds a network.

import { dirname, join } from 'node:path';
import { readJson } from '../../disk/read-file.js';
import { type RefuseFile, refuseAt } from '../bad-model.js';
import { isObject } from '../config/json.js';
import { openInThread } from '../keras/open-in-thread.js';
import { openKerasParts } from '../keras/open-parts.js';
import { partsOfFolder } from '../keras/parts.js';
import type { NetworkFile } from '../network-file.js';
import { findOrigin } from '../origin/find-origin.js';
import { openTfjsModel } from '../tfjs/open-model.js';
import { findNetworkName, isKerasArchive } from './find-network.js';
import { identifyFile } from './identify-file.js';
import { inferInput } from './infer-input.js';
import { listFolder } from './list-folder.js';
import { openArchive } from './open-archive.js';
import type { Opened } from './opened.js';
import { refuseOther } from './other-files.js';

export interface OpenNetworkOptions {
  /** path of the architecture that weights alone belong to: the JSON of Keras's `model.to_json()` */
  architecture?: string | undefined;
  /** path of a list of class names, instead of the one that lies beside the network */
  classes?: string | undefined;
}

/** Archives within archives within ...: one may hold itself. */
const archivesAtMost = 2;

/**
 * Opens a network. What a file is decides how, not its name.
 *
 * @param path of a .keras or .h5 file of Keras, the JSON file of a TensorFlow.js layers model, an export of Teachable Machine,
 * or of a folder or zip archive with one of these
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_MODEL
 */
export async function openNetworkFile(path: string, options: OpenNetworkOptions = {}): Promise<NetworkFile> {
  const refuse = refuseAt(path);
  const { network, folder } = await openPath(path, options, refuse, archivesAtMost);
  try {
    const { compiled: _, notes: __, ...rest } = network;
    const definition = await inferInput(network.definition, network.readWeights, refuse);
    return { path, ...rest, definition, ...(await findOrigin(network, folder, options.classes, refuse)) };
  } catch (error) {
    await network.close();
    throw error;
  }
}

async function openPath(
  path: string,
  options: OpenNetworkOptions,
  refuse: RefuseFile,
  archivesLeft: number,
): Promise<Opened> {
  const { kind, start } = await identifyFile(path);
  const folder = dirname(path);
  if (kind === 'folder') return await openFolder(path, options, refuse, archivesLeft);
  if (kind === 'hdf5') {
    const content = await openInThread({ path, architecture: await readArchitecture(options) }, refuse);
    return { network: { format: 'Keras HDF5 file', ...content }, folder };
  }
  if (kind === 'json') return { network: await openJson(path, refuse), folder };
  if (kind === 'other') throw refuseOther(start, refuse);
  if (archivesLeft === 0)
    throw refuse('it is an archive of archives', { hint: 'Unpack it, and name the network in it.' });
  return await openArchive(path, (inner) => openPath(inner, options, refuse, archivesLeft - 1), refuse);
}

async function openFolder(
  path: string,
  options: OpenNetworkOptions,
  refuse: RefuseFile,
  archivesLeft: number,
): Promise<Opened> {
  const place = await listFolder(path);
  if (isKerasArchive(place.names)) {
    return { network: await openKerasParts(partsOfFolder(path, place.names, refuse), refuse), folder: path };
  }
  const file = join(path, await findNetworkName(place, refuse));
  return await openPath(file, options, refuseAt(file), archivesLeft);
}

async function openJson(path: string, refuse: RefuseFile) {
  const json = await readJson(path, (reason, cause) => refuse(reason, { cause }));
  if (isObject(json) && 'class_name' in json && 'config' in json) {
    throw refuse('it is the architecture of a network alone, without its weights', {
      hint: 'Save the whole network in Keras: model.save("network.keras").',
    });
  }
  return await openTfjsModel(json, path, refuse);
}

async function readArchitecture({ architecture }: OpenNetworkOptions): Promise<unknown> {
  if (architecture === undefined) return undefined;
  const refuse = refuseAt(architecture);
  return await readJson(architecture, (reason, cause) => refuse(reason, { cause }));
}
