import { tf } from '../../src/backend/tfjs/tensors.js';
import { apply, conv, finish, input } from './branching-networks.js';

const { layers } = tf;

/** One convolution called on the image and on what it makes of it. */
export function calledTwice(): tf.LayersModel {
  const from = input(12, 12, 3);
  const shared = conv('shared', 3);
  return finish(from, apply(shared, apply(shared, from)));
}

/** One pooling called on maps of two sizes. */
export function pooledTwice(): tf.LayersModel {
  const from = input(12, 12, 3);
  const pool = layers.maxPooling2d({ name: 'pool', poolSize: 2 });
  return finish(from, apply(pool, apply(conv('conv', 2), apply(pool, from))));
}

/** A base, then a head, each a network of its own, as Teachable Machine exports them. */
export function nested(): tf.LayersModel {
  const base = tf.sequential({ name: 'base' });
  base.add(conv('conv', 4, { inputShape: [12, 12, 3] }));
  base.add(layers.maxPooling2d({ name: 'pool', poolSize: 2 }));
  const head = tf.sequential({ name: 'head' });
  head.add(layers.flatten({ name: 'flatten', inputShape: [6, 6, 4] }));
  head.add(layers.dense({ name: 'classes', units: 2, activation: 'softmax' }));
  return tf.sequential({ layers: [base, head] });
}

/** The same networks, one of them in the middle and called twice. */
export function nestedTwice(): tf.LayersModel {
  const block = tf.sequential({ name: 'block', layers: [conv('conv', 3, { inputShape: [12, 12, 3] })] });
  const from = input(12, 12, 3);
  return finish(from, apply(block as tf.layers.Layer, apply(block as tf.layers.Layer, from)));
}

/** Two heads over one convolution. */
export function twoOutputs(): tf.LayersModel {
  const from = input(12, 12, 3);
  const flat = apply(layers.flatten({ name: 'flat' }), apply(conv('conv', 2), from));
  const heads = ['kind', 'age'].map((name) => apply(layers.dense({ name, units: 2, activation: 'softmax' }), flat));
  return tf.model({ inputs: from, outputs: heads });
}

export function twoInputs(): tf.LayersModel {
  const [left, right] = ['left', 'right'].map((name) => tf.input({ name, shape: [12, 12, 3] })) as [
    tf.SymbolicTensor,
    tf.SymbolicTensor,
  ];
  const sum = apply(layers.add({ name: 'sum' }), left, right);
  const output = apply(layers.dense({ name: 'last', units: 1 }), apply(layers.flatten({ name: 'flat' }), sum));
  return tf.model({ inputs: [left, right], outputs: output });
}

/** Layers that the graph does not know. */
export function unknownToGraph(): tf.LayersModel {
  const from = input(12, 12, 3);
  const maps = apply(conv('conv', 2), from);
  return finish(from, apply(layers.batchNormalization({ name: 'rows', axis: 1 }), maps));
}
