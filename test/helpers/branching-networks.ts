import { tf } from '../../src/backend/tfjs/tensors.js';

const { layers } = tf;

type Applied = tf.SymbolicTensor;
type Layer = tf.layers.Layer;

export const apply = (layer: Layer, ...inputs: Applied[]) =>
  layer.apply(inputs.length === 1 ? (inputs[0] as Applied) : inputs) as Applied;

export const input = (height = 6, width = 7, channels = 2) => tf.input({ shape: [height, width, channels] });

export const conv = (name: string, filters = 3, config: object = {}) =>
  layers.conv2d({ name, filters, kernelSize: 3, padding: 'same', activation: 'relu', ...config });

/** A model of one sigmoid unit over maps. */
export function finish(from: Applied, maps: Applied): tf.LayersModel {
  const flat = apply(layers.flatten({ name: 'flatten' }), maps);
  return tf.model({
    inputs: from,
    outputs: apply(layers.dense({ name: 'last', units: 1, activation: 'sigmoid' }), flat),
  });
}

/** Keras's Subtract, which tfjs lacks. */
class Subtract extends layers.Layer {
  static className = 'Subtract';

  override computeOutputShape(shapes: tf.Shape[]): tf.Shape {
    return shapes[0] as tf.Shape;
  }

  override call(inputs: tf.Tensor[]): tf.Tensor {
    return tf.sub(inputs[0] as tf.Tensor, inputs[1] as tf.Tensor);
  }
}

export const subtract = () => new Subtract({ name: 'merge' });

/** A block whose input is added to its output, after batch normalization, as in a ResNet; then a second one. */
function residualNetwork(): tf.LayersModel {
  const from = input(8, 8, 3);
  let maps = apply(conv('stem', 4), from);
  for (const block of ['block1', 'block2']) {
    const first = apply(conv(`${block}_conv1`, 4, { useBias: false, activation: 'linear' }), maps);
    const normal = apply(layers.batchNormalization({ name: `${block}_bn` }), first);
    const second = apply(
      conv(`${block}_conv2`, 4, { activation: 'linear' }),
      apply(layers.reLU({ name: `${block}_relu1` }), normal),
    );
    const sum = apply(layers.add({ name: `${block}_add` }), maps, second);
    maps = apply(layers.reLU({ name: `${block}_relu2` }), sum);
  }
  const pooled = apply(layers.maxPooling2d({ name: 'pool', poolSize: 2 }), maps);
  return finish(from, apply(layers.dropout({ name: 'dropout', rate: 0 }), pooled));
}

/** An Inception-like block: three ways of different depth beside each other. */
function parallelNetwork(): tf.LayersModel {
  const from = input(8, 8, 3);
  const stem = apply(conv('stem', 4), from);
  const narrow = apply(conv('narrow', 2, { kernelSize: 1 }), stem);
  const deep = apply(conv('deep2', 3), apply(conv('deep1', 2), stem));
  const pooled = apply(layers.averagePooling2d({ name: 'same_pool', poolSize: 3, strides: 1, padding: 'same' }), stem);
  const all = apply(layers.concatenate({ name: 'all' }), narrow, deep, pooled);
  return finish(from, apply(layers.maxPooling2d({ name: 'pool', poolSize: 2 }), all));
}

/** Squeeze and excitation: channels scaled by what a whole map says of them, [1, 1, channels] over [height, width, channels]. */
function squeezingNetwork(): tf.LayersModel {
  const from = input(6, 6, 2);
  const stem = apply(conv('stem', 4), from);
  const squeezed = apply(layers.averagePooling2d({ name: 'squeeze', poolSize: 6 }), stem);
  const gates = apply(conv('gates', 4, { kernelSize: 1, activation: 'sigmoid' }), squeezed);
  return finish(from, apply(layers.multiply({ name: 'scaled' }), stem, gates));
}

/** One convolution and one batch normalization, each called for two branches and once more on what comes of them. */
function sharingNetwork(): tf.LayersModel {
  const from = input(6, 6, 3);
  const [shared, normal] = [conv('shared', 3), layers.batchNormalization({ name: 'shared_bn', momentum: 0.6 })];
  const turned = apply(layers.rescaling({ name: 'turned', scale: -1, offset: 0.5 }), from);
  const [a, b] = [from, turned].map((each) => apply(normal, apply(shared, each))) as [Applied, Applied];
  const merged = apply(layers.maximum({ name: 'merged' }), a, b);
  return finish(from, apply(layers.average({ name: 'mean' }), apply(shared, merged), a));
}

export const NETWORKS = { residualNetwork, parallelNetwork, squeezingNetwork, sharingNetwork };
