import { tf } from '../backend/tensors.js';
import { deriveSeed } from '../random.js';
import { type Architecture, KERNEL_SIZE, type PlannedLayer, POOL_SIZE, planLayers } from './architecture.js';

/**
 * Builds the network with Keras's first weights: kernels glorot-uniform (Glorot and Bengio, 2010), biases zero.
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

function buildLayer(layer: PlannedLayer, seed: number, inputShape: { inputShape?: number[] }): tf.layers.Layer {
  const { name } = layer;
  switch (layer.kind) {
    case 'Conv2D':
      return tf.layers.conv2d({
        name,
        filters: layer.filters,
        kernelSize: KERNEL_SIZE,
        activation: 'relu',
        kernelInitializer: tf.initializers.glorotUniform({ seed }),
        ...inputShape,
      });
    case 'MaxPooling2D':
      return tf.layers.maxPooling2d({ name, poolSize: POOL_SIZE });
    case 'Flatten':
      return tf.layers.flatten({ name });
    case 'Dropout':
      return tf.layers.dropout({ name, rate: layer.rate });
    case 'Dense':
      return tf.layers.dense({
        name,
        units: layer.units,
        activation: layer.activation,
        kernelInitializer: tf.initializers.glorotUniform({ seed }),
      });
  }
}
