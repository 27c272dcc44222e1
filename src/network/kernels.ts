// The kernels of a model's convolutions.

import type { tf } from '../backend/tfjs/tensors.js';
import { kindOf } from '../engines/contract/layer-kind.js';

/** The kernels of one convolution. */
export interface LayerKernels {
  name: string;
  /** of the layer in its network, from 1; an InputLayer does not count */
  position: number;
  /** [height, width, input channels, filters] */
  shape: [number, number, number, number];
  /** in the order of `shape` */
  values: Float32Array;
}

/** The kernels of every Conv2D, in the network's order. */
export async function readKernels(model: tf.LayersModel): Promise<LayerKernels[]> {
  const layers = model.layers.filter((layer) => kindOf(layer) !== 'InputLayer');
  const kernels: LayerKernels[] = [];
  for (const [index, layer] of layers.entries()) {
    const weight = layer.weights.find(({ originalName }) => originalName.endsWith('/kernel'));
    if (kindOf(layer) !== 'Conv2D' || weight === undefined) continue;
    const values = await weight.read().data<'float32'>();
    kernels.push({ name: layer.name, position: index + 1, shape: weight.shape as LayerKernels['shape'], values });
  }
  return kernels;
}
