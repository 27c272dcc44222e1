// How many classes a network distinguishes, as far as its definition shows.

import type { LayerDefinition, NetworkDefinition } from '../network-definition.js';

/** Layers that leave the number of channels as it is. */
const KEEPING =
  /^(Activation|Softmax|ReLU|LeakyReLU|Dropout|Flatten|Global(Average|Max)Pooling2D|BatchNormalization|Identity)$/;

/** The numbers that the one output has for an image; undefined where there are several outputs, or it is not that simple. */
export function countOutputs({ layers, outputs }: NetworkDefinition): number | undefined {
  const byAddress = new Map(layers.map((layer) => [layer.address, layer]));
  let layer: LayerDefinition | undefined = outputs.length === 1 ? byAddress.get(outputs[0]?.layer ?? '') : undefined;
  // A chain is not longer than the network.
  for (const _ of layers) {
    if (layer === undefined) return undefined;
    const width =
      layer.kind === 'Dense' ? layer.config.units : layer.kind === 'Conv2D' ? layer.config.filters : undefined;
    if (typeof width === 'number') return width;
    if (layer.isOperation || !KEEPING.test(layer.kind)) return undefined;
    layer = byAddress.get(layer.calls[0]?.inputs[0]?.layer ?? '');
  }
  return undefined;
}

/** Whether a list of names can be that of a network: one output decides between two classes, or on one. */
export function fitsOutputs(nameCount: number, outputCount: number | undefined): boolean {
  return outputCount === undefined || nameCount === outputCount || (outputCount === 1 && nameCount === 2);
}
