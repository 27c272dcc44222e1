// Reads a .h5 file of Keras: its configuration is an attribute, and each outer layer has a group of named weights.

import { parseJson } from '../../disk/read-file.js';
import type { RefuseFile } from '../bad-model.js';
import { flattenNetwork } from '../config/flatten-network.js';
import type { NestedNetwork } from '../config/nested-network.js';
import { readNetwork } from '../config/read-network.js';
import type { Hdf5File } from '../storage/hdf5-file.js';
import { matchWeights } from '../weights/match-weights.js';
import type { KerasContent } from './content.js';
import { listNamedWeights } from './named-weights.js';
import { readVariables } from './read-variables.js';

/** The group that holds the weights beside the configuration. */
const WEIGHTS_GROUP = 'model_weights';

/** @param architecture of a file of weights alone: the network's configuration as JSON, `model.to_json()` in Keras */
export function readHdf5(file: Hdf5File, architecture: unknown, refuse: RefuseFile): KerasContent {
  const text = file.attribute('', 'model_config');
  const kerasVersion = file.attribute('', 'keras_version');
  const parse = (json: string, name: string) =>
    parseJson(Buffer.from(json), (reason, cause) => refuse(`its ${name}: ${reason}`, { cause }));
  if (typeof text === 'string') {
    const network = readNetwork(parse(text, 'model_config'), { kerasVersion }, refuse);
    const training = file.attribute('', 'training_config');
    const compiled = typeof training === 'string' ? parse(training, 'training_config') : undefined;
    const noted = file.attribute('', 'cnnviz');
    const notes = typeof noted === 'string' ? parse(noted, 'attribute cnnviz') : undefined;
    return { ...readNamed(file, WEIGHTS_GROUP, network, refuse), compiled, notes };
  }
  const hasNames = ['layer_names', 'layer_names0'].some((name) => file.attribute('', name) !== undefined);
  const hasVariables = file.has('layers') || file.has('_layer_checkpoint_dependencies');
  if (!hasNames && !hasVariables) {
    throw refuse('it is an HDF5 file without a network of Keras in it', {
      hint: 'Save one in Keras: model.save("network.keras").',
    });
  }
  if (architecture === undefined) {
    throw refuse('it holds weights alone: the network that they belong to, its layers and their order, is missing', {
      hint: 'Save the whole network (model.save("network.keras")), or its architecture too (model.to_json()) and give that file.',
    });
  }
  const network = readNetwork(architecture, { kerasVersion }, refuse);
  return hasNames ? readNamed(file, '', network, refuse) : readVariables(file, network, refuse);
}

function readNamed(file: Hdf5File, group: string, network: NestedNetwork, refuse: RefuseFile): KerasContent {
  const definition = flattenNetwork(network, refuse);
  const weights = matchWeights(definition.layers, listNamedWeights(file, group, refuse), refuse);
  return {
    definition,
    readWeights: (address) =>
      (weights.get(address) ?? []).map(({ role, weight }) => ({ name: role, ...file.readArray(weight.place) })),
  };
}
