// An HDF5 file as Keras 2 and 3 read it: the network in attributes, weights by layer.

import type { Group } from 'h5wasm/node';
import type { ExportContent, ExportPlace } from '../export-content.js';
import type { ExportedNetwork } from '../exported-network.js';
import { writeArray, writeHdf5, writeNames } from './hdf5.js';
import { toKerasLayer } from './keras-layer.js';
import { orderLayers } from './layer-order.js';
import { kerasNetwork } from './network-config.js';
import { kerasTrainingConfig } from './training-config.js';
import { KERAS_VERSION } from './write-keras.js';

/**
 * Writes the file. Class names and preprocessing are the attribute `cnnviz`, which Keras ignores.
 *
 * @throws CnnvizError BAD_MODEL for a layer that Keras does not have; the file system's errors
 */
export async function writeH5({ path }: ExportPlace, { network, notes, training }: ExportContent): Promise<void> {
  const config = asLegacy(kerasNetwork(network));
  await writeHdf5(path, (root) => {
    const attributes = {
      keras_version: KERAS_VERSION,
      backend: 'tensorflow',
      model_config: JSON.stringify(config),
      ...(training && { training_config: JSON.stringify(kerasTrainingConfig(training)) }),
      cnnviz: JSON.stringify(notes),
    };
    for (const [name, text] of Object.entries(attributes)) root.create_attribute(name, text);
    writeWeights(root.create_group('model_weights'), network);
  });
}

/** Keras takes layers by their order here, too. */
function writeWeights(root: Group, network: ExportedNetwork): void {
  const layers = orderLayers(network);
  writeNames(
    root,
    'layer_names',
    layers.map(({ name }) => name),
  );
  root.create_attribute('backend', 'tensorflow');
  root.create_attribute('keras_version', KERAS_VERSION);
  for (const layer of layers) {
    const { name } = layer;
    const { weights } = toKerasLayer(layer);
    const group = root.create_group(name);
    writeNames(
      group,
      'weight_names',
      weights.map((weight) => `${name}/${weight.name}`),
    );
    if (weights.length === 0) continue;
    const values = group.create_group(name);
    for (const weight of weights) writeArray(values, weight.name, weight);
  }
  writeNames(root.create_group('top_level_model_weights'), 'weight_names', []);
}

/** Objects without what only the newer format has. */
function asLegacy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asLegacy);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'module' && key !== 'registered_name');
  return Object.fromEntries(
    entries.map(([key, each]) => [key, key === 'dtype' && typeof each === 'object' ? 'float32' : asLegacy(each)]),
  );
}
