// Builds the network as a tfjs model with Keras's initial weights.

import { tf } from '../backend/tfjs/tensors.js';
import { deriveSeed } from '../base/random.js';
import {
  type Architecture,
  KERNEL_SIZE,
  type KernelInitializer,
  type PlannedLayer,
  POOL_SIZE,
  planLayers,
} from './architecture.js';

/**
 * Builds the network with Keras's first weights: kernels as the architecture says, biases zero.
 *
 * @param seed uint32; the same seed gives the same weights on every backend
 * @throws CnnvizError BAD_ARGUMENT
 */
export function buildModel(architecture: Architecture, seed: number): tf.LayersModel {
  const { imageSize } = architecture;
  const model = tf.sequential({ name: 'sequential_1' });
  for (const [index, layer] of planLayers(architecture).entries()) {
    const inputShape = index === 0 ? { inputShape: [imageSize, imageSize, 3] } : {};
    model.add(buildLayer(layer, deriveSeed(seed, 'init', index), inputShape));
  }
  return model;
}

/**
 * The kernels that the convolutions of such a network start with, by the layers' names: [height, width, input channels,
 * filters] each. Needs no network.
 */
export async function initializeKernels(architecture: Architecture, seed: number): Promise<Map<string, Float32Array>> {
  const kernels = new Map<string, Float32Array>();
  let channels = 3;
  for (const [index, layer] of planLayers(architecture).entries()) {
    if (layer.kind !== 'Conv2D') continue;
    const initializer = INITIALIZERS[layer.kernelInitializer](deriveSeed(seed, 'init', index));
    const kernel = initializer.apply([KERNEL_SIZE, KERNEL_SIZE, channels, layer.filters]);
    kernels.set(layer.name, await kernel.data<'float32'>());
    kernel.dispose();
    channels = layer.filters;
  }
  return kernels;
}

function buildLayer(layer: PlannedLayer, seed: number, inputShape: { inputShape?: number[] }): tf.layers.Layer {
  const { name } = layer;
  switch (layer.kind) {
    case 'Conv2D': {
      const { filters, activation, useBias } = layer;
      const kernelInitializer = INITIALIZERS[layer.kernelInitializer](seed);
      const kernelSize = KERNEL_SIZE;
      return tf.layers.conv2d({ name, filters, kernelSize, activation, useBias, kernelInitializer, ...inputShape });
    }
    case 'BatchNormalization':
      return tf.layers.batchNormalization({ name });
    case 'Activation':
      return tf.layers.activation({ name, activation: layer.activation });
    case 'MaxPooling2D':
      return tf.layers.maxPooling2d({ name, poolSize: POOL_SIZE });
    case 'Flatten':
      return tf.layers.flatten({ name });
    case 'Dropout':
      return tf.layers.dropout({ name, rate: layer.rate });
    case 'Dense': {
      const { units, activation, useBias } = layer;
      return tf.layers.dense({
        name,
        units,
        activation,
        useBias,
        kernelInitializer: INITIALIZERS[layer.kernelInitializer](seed),
      });
    }
  }
}

/** The standard deviation of normal numbers without those beyond 2: what is left of them is drawn, as in Keras. */
const TRUNCATED_DEVIATION = 0.8796256610342398;

const INITIALIZERS: Record<KernelInitializer, (seed: number) => ReturnType<typeof tf.initializers.glorotUniform>> = {
  glorot_uniform: (seed) => tf.initializers.glorotUniform({ seed }),
  // tfjs's own heNormal does not make up for what truncating takes.
  he_normal: (seed) => {
    const scale = 2 / TRUNCATED_DEVIATION ** 2;
    return tf.initializers.varianceScaling({ scale, mode: 'fanIn', distribution: 'normal', seed });
  },
};
