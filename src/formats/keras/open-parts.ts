// Opens what a .keras file of Keras 3 consists of: config.json, metadata.json and model.weights.h5.

import { parseJson } from '../../disk/read-file.js';
import type { RefuseFile } from '../bad-model.js';
import { isObject } from '../config/json.js';
import type { NestedNetwork } from '../config/nested-network.js';
import { readNetwork } from '../config/read-network.js';
import type { OpenedNetwork } from '../network-file.js';
import type { OpenedContent } from './content.js';

export const CONFIG_ENTRY = 'config.json';
export const WEIGHTS_ENTRY = 'model.weights.h5';
const METADATA_ENTRY = 'metadata.json';
const NOTES_ENTRY = 'cnnviz.json';

/** The parts, packed or unpacked. */
export interface KerasParts {
  /** Undefined for a part that is not there. */
  read(name: string): Promise<Buffer | undefined>;
  /** Opens the weights of the network that the configuration describes; closing them leaves nothing behind. */
  openWeights(network: NestedNetwork): Promise<OpenedContent>;
}

export async function openKerasParts(parts: KerasParts, refuse: RefuseFile): Promise<OpenedNetwork> {
  const readPart = async (name: string) => {
    const text = await parts.read(name);
    return text && parseJson(text, (reason, cause) => refuse(`${name}: ${reason}`, { cause }));
  };
  const config = await readPart(CONFIG_ENTRY);
  const metadata = await readPart(METADATA_ENTRY);
  const notes = await readPart(NOTES_ENTRY);
  const { keras_version: kerasVersion = '3' } = isObject(metadata) ? metadata : {};
  const network = readNetwork(config, { kerasVersion }, refuse);
  const compiled = isObject(config) ? config.compile_config : undefined;
  return { format: 'Keras 3 archive', ...(await parts.openWeights(network)), compiled, notes };
}
