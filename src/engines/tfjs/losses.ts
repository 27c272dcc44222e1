import { tf } from '../../backend/tfjs/tensors.js';
import type { LossName } from '../contract/training-config.js';

/** A loss on tfjs tensors, worked out from logits: exact where probabilities saturate, as the graph's is. */
export interface LayersLoss {
  /** what the network has to end with */
  activation: 'sigmoid' | 'softmax';
  /** [batch, units] -> [batch, units] */
  activate(logits: tf.Tensor2D): tf.Tensor2D;
  /** @param targets [batch, units], may be fractional @returns [batch] */
  perExample(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Tensor1D;
  /** @returns a number: how many examples are on the right side */
  countCorrect(outputs: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar;
}

export const LAYERS_LOSSES: Record<LossName, LayersLoss> = {
  binaryCrossentropy: {
    activation: 'sigmoid',
    activate: (logits) => tf.sigmoid(logits),
    perExample: (logits, targets) => tf.mean(sigmoidCrossentropy(targets)(logits), 1),
    countCorrect: (outputs, targets) =>
      tf.sum(tf.mean(tf.cast(tf.equal(tf.greater(outputs, 0.5), tf.greater(targets, 0.5)), 'float32'), 1)),
  },
  categoricalCrossentropy: {
    activation: 'softmax',
    activate: (logits) => tf.softmax(logits),
    perExample: (logits, targets) => softmaxCrossentropy(targets)(logits) as tf.Tensor1D,
    countCorrect: (outputs, targets) =>
      tf.sum(tf.cast(tf.equal(tf.argMax(outputs, 1), tf.argMax(targets, 1)), 'float32')),
  },
};

/**
 * -y log(p) - (1 - y) log(1 - p) with p = sigmoid(z), as max(z, 0) - z y + log(1 + exp(-|z|)). The gradient is given,
 * not derived: tfjs takes that of |z| at 0 for 0, and p - y is right there too.
 */
function sigmoidCrossentropy(targets: tf.Tensor2D): (logits: tf.Tensor2D) => tf.Tensor2D {
  return tf.customGrad((logits, save) => {
    const z = logits as tf.Tensor2D;
    (save as tf.GradSaveFunc)([z]);
    const value = tf.add(tf.sub(tf.relu(z), tf.mul(z, targets)), tf.log1p(tf.exp(tf.neg(tf.abs(z)))));
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) =>
      tf.mul(dy, tf.sub(tf.sigmoid(saved[0] as tf.Tensor), targets));
    return { value, gradFunc };
  }) as (logits: tf.Tensor2D) => tf.Tensor2D;
}

/** -sum(y log(p)) with p = softmax(z). The targets of an example need not sum to 1. */
function softmaxCrossentropy(targets: tf.Tensor2D): (logits: tf.Tensor2D) => tf.Tensor {
  return tf.customGrad((logits, save) => {
    const z = logits as tf.Tensor2D;
    (save as tf.GradSaveFunc)([z]);
    const value = tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(z)), 1));
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const expected = tf.mul(tf.softmax(saved[0] as tf.Tensor), tf.sum(targets, 1, true));
      return tf.mul(tf.expandDims(dy, 1), tf.sub(expected, targets));
    };
    return { value, gradFunc };
  });
}
