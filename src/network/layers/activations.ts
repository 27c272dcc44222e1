// The activations of Keras that tfjs lacks, for the layers that end in one.

import { tf } from '../../backend/tfjs/tensors.js';

type Activation = (x: tf.Tensor) => tf.Tensor;

/** x where x > 0, else slope * x, by Keras's default slope. */
const DEFAULT_SLOPE = 0.2;

/** By the names under which a saved model knows them. */
const OWN: Record<string, Activation> = {
  kerasExponential: (x) => tf.exp(x),
  kerasGeluApproximate: (x) => {
    const inner = tf.mul(Math.sqrt(2 / Math.PI), tf.add(x, tf.mul(0.044715, tf.mul(x, tf.square(x)))));
    return tf.mul(tf.mul(0.5, x), tf.add(1, tf.tanh(inner)));
  },
  kerasHardSigmoid: hardSigmoid,
  kerasHardSilu: (x) => tf.mul(x, hardSigmoid(x)),
  kerasLeakyRelu: (x) => tf.leakyRelu(x, DEFAULT_SLOPE),
};

/** Keras 3's; Keras 2's, which tfjs has, is steeper. */
function hardSigmoid(x: tf.Tensor): tf.Tensor {
  return tf.div(tf.relu6(tf.add(x, 3)), 6);
}

/** tfjs's names of Keras's activations, and of ours as a saved model has them. */
export const ACTIVATION_NAMES: Readonly<Record<string, string>> = {
  elu: 'elu',
  exponential: 'kerasExponential',
  gelu: 'gelu',
  hard_sigmoid: 'kerasHardSigmoid',
  hard_silu: 'kerasHardSilu',
  hard_swish: 'kerasHardSilu',
  keras_2_hard_sigmoid: 'hardSigmoid',
  keras_exponential: 'kerasExponential',
  keras_gelu_approximate: 'kerasGeluApproximate',
  keras_hard_sigmoid: 'kerasHardSigmoid',
  keras_hard_silu: 'kerasHardSilu',
  keras_leaky_relu: 'kerasLeakyRelu',
  leaky_relu: 'kerasLeakyRelu',
  linear: 'linear',
  log_softmax: 'logSoftmax',
  mish: 'mish',
  relu: 'relu',
  relu6: 'relu6',
  selu: 'selu',
  sigmoid: 'sigmoid',
  silu: 'swish',
  softmax: 'softmax',
  softplus: 'softplus',
  softsign: 'softsign',
  swish: 'swish',
  tanh: 'tanh',
};

for (const [name, apply] of Object.entries(OWN)) {
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
