import { tf } from '../../src/backend/tfjs/tensors.js';

/** The article's network, smaller where a test says so; with two classes as one sigmoid unit or as two softmax units. */
export function articleNetwork(
  imageSize = 150,
  filters = [32, 64, 128, 128],
  units = 512,
  outputs: 1 | 2 = 1,
): tf.Sequential {
  const layers = filters.flatMap((count, index) => [
    tf.layers.conv2d({
      filters: count,
      kernelSize: 3,
      activation: 'relu',
      kernelInitializer: tf.initializers.glorotUniform({ seed: index + 1 }),
      name: `conv2d_${index + 1}`,
      ...(index === 0 ? { inputShape: [imageSize, imageSize, 3] } : {}),
    }),
    tf.layers.maxPooling2d({ poolSize: 2, name: `max_pooling2d_${index + 1}` }),
  ]);
  const dense = (count: number, activation: 'relu' | 'sigmoid' | 'softmax', seed: number) =>
    tf.layers.dense({
      units: count,
      activation,
      kernelInitializer: tf.initializers.glorotUniform({ seed }),
      name: `dense_${seed - 10}`,
    });
  return tf.sequential({
    layers: [
      ...layers,
      tf.layers.flatten({ name: 'flatten_1' }),
      dense(units, 'relu', 11),
      dense(outputs, outputs === 1 ? 'sigmoid' : 'softmax', 12),
    ],
  });
}
