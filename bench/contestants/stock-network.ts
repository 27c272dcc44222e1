import { tf } from '../../src/backend/tfjs/tensors.js';

/** The article's network as a user of tfjs writes it: stock layers, stock optimizer, `compile`. */
export function buildStockNetwork(imageSize: number): tf.LayersModel {
  const kernelInitializer = (seed: number) => tf.initializers.glorotUniform({ seed });
  const model = tf.sequential();
  for (const [index, filters] of [32, 64, 128, 128].entries()) {
    const inputShape = index === 0 ? { inputShape: [imageSize, imageSize, 3] } : {};
    const shape = { ...inputShape, filters, kernelSize: 3, kernelInitializer: kernelInitializer(index) };
    model.add(tf.layers.conv2d({ ...shape, activation: 'relu' }));
    model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
  }
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: 512, activation: 'relu', kernelInitializer: kernelInitializer(4) }));
  model.add(tf.layers.dense({ units: 1, activation: 'sigmoid', kernelInitializer: kernelInitializer(5) }));
  model.compile({ optimizer: tf.train.rmsprop(1e-4), loss: 'binaryCrossentropy', metrics: ['accuracy'] });
  return model;
}

/** A batch of noise with alternating labels, to take steps on. */
export function makeStockBatch(batchSize: number, imageSize: number): { images: tf.Tensor; labels: tf.Tensor } {
  const values = Array.from({ length: batchSize }, (_, index) => index % 2);
  return {
    images: tf.randomUniform([batchSize, imageSize, imageSize, 3], 0, 1, 'float32', 1),
    labels: tf.tensor2d(values, [batchSize, 1]),
  };
}
