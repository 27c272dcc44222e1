// The model.weights.h5 of a .keras file: weights by the place that Keras gives their layers, and the optimizer's beginning.

import type { Group } from 'h5wasm/node';
import type { ExportContent, ExportedTraining } from '../export-content.js';
import type { ExportedNetwork } from '../exported-network.js';
import { groupAt, writeArray, writeHdf5, writeZeros } from './hdf5.js';
import { toKerasLayer } from './keras-layer.js';
import { orderLayers } from './layer-order.js';
import { slotShapes } from './optimizer-slots.js';
import { snakeCaseClass } from './snake-case.js';

export async function writeKerasWeights(path: string, { network, training }: ExportContent): Promise<void> {
  await writeHdf5(path, (root) => {
    writeLayers(root, network);
    if (training !== undefined) writeOptimizer(root, training, network);
  });
}

/** Keras numbers the layers of each class, and the weights of each layer. */
function writeLayers(root: Group, network: ExportedNetwork): void {
  const counts = new Map<string, number>();
  for (const { className, weights } of orderLayers(network).map(toKerasLayer)) {
    const name = snakeCaseClass(className);
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    if (weights.length === 0) continue;
    const group = groupAt(root, `layers/${name}${count === 0 ? '' : `_${count}`}/vars`);
    weights.forEach((weight, index) => {
      writeArray(group, String(index), weight);
    });
  }
}

function writeOptimizer(root: Group, training: ExportedTraining, network: ExportedNetwork): void {
  const group = groupAt(root, 'optimizer/vars');
  group.create_dataset({ name: '0', data: Int32Array.of(0), shape: [], dtype: '<i4' });
  writeArray(group, '1', { shape: [], values: Float32Array.of(training.learningRate) });
  slotShapes(training, network).forEach((shape, index) => {
    writeZeros(group, String(index + 2), shape);
  });
}
