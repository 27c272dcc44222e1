// The activations of Keras that tfjs lacks, for the layers that end in one.

import { tf } from '../../backend/tfjs/tensors.js';

type Activation = (x: tf.Tensor) => tf.Tensor;

/** x where x > 0, else slope * x, by Keras's default slope. */
const DEFAULT_SLOPE = 0.2;

/** Up to which distance from 0 a shrinking activation gives 0, by default. */
const SHRINKING = 0.5;

/** By the names under which a saved model knows them. */
const OWN: Record<string, Activation> = {
  kerasExponential: (x) => tf.exp(x),
  kerasGeluApproximate: (x) => {
    const inner = tf.mul(Math.sqrt(2 / Math.PI), tf.add(x, tf.mul(0.044715, tf.mul(x, tf.square(x)))));
    return tf.mul(tf.mul(0.5, x), tf.add(1, tf.tanh(inner)));
  },
  kerasHardSigmoid: hardSigmoid,
  kerasHardShrink: (x) => tf.where(tf.greaterEqual(SHRINKING, tf.abs(x)), tf.zerosLike(x), x),
  kerasHardSilu: (x) => tf.mul(x, hardSigmoid(x)),
  kerasHardTanh: (x) => tf.clipByValue(x, -1, 1),
  kerasLeakyRelu: (x) => tf.leakyRelu(x, DEFAULT_SLOPE),
  kerasLogSigmoid: (x) => tf.neg(tf.softplus(tf.neg(x))),
  kerasSoftShrink: (x) => tf.sub(x, tf.clipByValue(x, -SHRINKING, SHRINKING)),
  kerasSquareplus: (x) => tf.mul(0.5, tf.add(x, tf.sqrt(tf.add(tf.square(x), 4)))),
  kerasTanhShrink: (x) => tf.sub(x, tf.tanh(x)),
};

/** Keras 3's; Keras 2's, which tfjs has, is steeper. */
function hardSigmoid(x: tf.Tensor): tf.Tensor {
  return tf.div(tf.relu6(tf.add(x, 3)), 6);
}

/** tfjs's names of Keras's activations, and of ours as a saved model has them. */
export const ACTIVATION_NAMES: Readonly<Record<string, string>> = {
  celu: 'elu',
  elu: 'elu',
  exponential: 'kerasExponential',
  gelu: 'gelu',
  hard_shrink: 'kerasHardShrink',
  hard_sigmoid: 'kerasHardSigmoid',
  hard_silu: 'kerasHardSilu',
  hard_swish: 'kerasHardSilu',
  hard_tanh: 'kerasHardTanh',
  keras_2_hard_sigmoid: 'hardSigmoid',
  keras_exponential: 'kerasExponential',
  keras_gelu_approximate: 'kerasGeluApproximate',
  keras_hard_shrink: 'kerasHardShrink',
  keras_hard_sigmoid: 'kerasHardSigmoid',
  keras_hard_silu: 'kerasHardSilu',
  keras_hard_tanh: 'kerasHardTanh',
  keras_leaky_relu: 'kerasLeakyRelu',
  keras_log_sigmoid: 'kerasLogSigmoid',
  keras_soft_shrink: 'kerasSoftShrink',
  keras_squareplus: 'kerasSquareplus',
  keras_tanh_shrink: 'kerasTanhShrink',
  leaky_relu: 'kerasLeakyRelu',
  linear: 'linear',
  log_sigmoid: 'kerasLogSigmoid',
  log_softmax: 'logSoftmax',
  mish: 'mish',
  relu: 'relu',
  relu6: 'relu6',
  selu: 'selu',
  sigmoid: 'sigmoid',
  silu: 'swish',
  soft_shrink: 'kerasSoftShrink',
  softmax: 'softmax',
  softplus: 'softplus',
  softsign: 'softsign',
  squareplus: 'kerasSquareplus',
  swish: 'swish',
  tanh: 'tanh',
  tanh_shrink: 'kerasTanhShrink',
};

for (const [name, apply] of Object.entries(OWN)) registerActivation(name, apply);

/** Makes an activation known to tfjs: to layers that are built, and to saved models. */
export function registerActivation(name: string, apply: Activation): void {
  class OwnActivation extends tf.serialization.Serializable {
    static readonly className = name;

    apply(x: tf.Tensor): tf.Tensor {
      return tf.tidy(() => apply(x));
    }

    getConfig(): tf.serialization.ConfigDict {
      return {};
    }
  }
  tf.serialization.registerClass(OwnActivation as never);
}
