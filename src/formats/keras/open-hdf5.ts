// Opens a .h5 file of Keras: its configuration is an attribute, and each outer layer has a group of named weights.

import { parseJson } from '../../disk/read-file.js';
import { describeValue } from '../../disk/schema.js';
import type { RefuseFile } from '../bad-model.js';
import { flattenNetwork } from '../config/flatten-network.js';
import { readNetwork } from '../config/read-network.js';
import type { NetworkFile } from '../network-file.js';
import { type Hdf5File, openHdf5 } from '../storage/hdf5-file.js';
import { matchWeights } from '../weights/match-weights.js';

/** The group that holds the weights beside the configuration. */
const WEIGHTS = 'model_weights';

export async function openKerasHdf5(path: string, refuse: RefuseFile): Promise<NetworkFile> {
  const file = await openHdf5(path, refuse);
  try {
    const text = file.attribute('', 'model_config');
    if (typeof text !== 'string') throw describeOther(file, refuse);
    const config = parseJson(Buffer.from(text), (reason, cause) => refuse(`its model_config: ${reason}`, { cause }));
    const definition = flattenNetwork(readNetwork(config, refuse), refuse);
    const weights = matchWeights(definition.layers, listWeights(file, refuse), refuse);
    return {
      path,
      format: 'Keras HDF5 file',
      definition,
      readWeights: async (address) =>
        (weights.get(address) ?? []).map(({ role, weight }) => ({ name: role, ...file.readArray(weight.place) })),
      close: async () => file.close(),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

/** An HDF5 file without a network in it. */
function describeOther(file: Hdf5File, refuse: RefuseFile) {
  const isWeights =
    file.has('layers') || file.attribute('', 'layer_names') !== undefined || file.has('_layer_checkpoint_dependencies');
  return isWeights
    ? refuse('it holds weights alone, and not the network that they belong to', {
        hint: 'Save the whole network (model.save("network.keras")), or give its architecture with --architecture FILE.json.',
      })
    : refuse('it is an HDF5 file without a network of Keras', { hint: 'Save one with model.save("network.keras").' });
}

function listWeights(file: Hdf5File, refuse: RefuseFile) {
  return readNames(file, WEIGHTS, 'layer_names', refuse).flatMap((holder) =>
    readNames(file, `${WEIGHTS}/${holder}`, 'weight_names', refuse).map((name) => ({
      holder,
      name,
      place: `${WEIGHTS}/${holder}/${name}`,
    })),
  );
}

/** Keras spreads a list that is too long for one attribute over several: `weight_names0`, `weight_names1`. */
function readNames(file: Hdf5File, group: string, name: string, refuse: RefuseFile): string[] {
  const whole = file.attribute(group, name);
  if (whole !== undefined) return checkNames(whole, group, name, refuse);
  const names: string[] = [];
  for (let number = 0; ; number++) {
    const part = file.attribute(group, `${name}${number}`);
    if (part === undefined) return names;
    names.push(...checkNames(part, group, name, refuse));
  }
}

function checkNames(value: unknown, group: string, name: string, refuse: RefuseFile): string[] {
  const list = ArrayBuffer.isView(value) && value.byteLength === 0 ? [] : value; // an empty list has no type
  if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return list;
  throw refuse(`its ${name} at ${describeValue(group)}: expected a list of names`);
}
