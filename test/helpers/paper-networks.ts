import { tf } from '../../src/backend/tfjs/tensors.js';

// Networks small enough to work out on paper. All of them get the image [[1, 2], [3, 4]].

export const paperImage = Float32Array.of(1, 2, 3, 4);

const convolution = (name: string, kernel: number[], options: { inputShape?: number[]; activation?: 'relu' } = {}) =>
  tf.layers.conv2d({
    ...options,
    name,
    filters: kernel.length,
    kernelSize: 1,
    useBias: false,
    weights: [tf.tensor(kernel, [1, 1, 1, kernel.length])],
  });

const dense = (kernel: number[][], bias: number[], activation: 'sigmoid' | 'softmax') =>
  tf.layers.dense({
    name: 'dense',
    units: bias.length,
    activation,
    weights: [tf.tensor2d(kernel), tf.tensor1d(bias)],
  });

/**
 * Channels x and x/2; z = 11.5 with the weights (1, 2), (-1, 0), (2, -2), (0, 4) of the four positions and bias 0.5.
 * One sigmoid unit, or two units with the scores -z and z.
 */
export function linearNetwork(units: 1 | 2 = 1): tf.LayersModel {
  const weights = [1, 2, -1, 0, 2, -2, 0, 4];
  return tf.sequential({
    layers: [
      convolution('conv', [1, 0.5], { inputShape: [2, 2, 1] }),
      tf.layers.flatten({ name: 'flatten' }),
      units === 1
        ? dense(
            weights.map((weight) => [weight]),
            [0.5],
            'sigmoid',
          )
        : dense(
            weights.map((weight) => [-weight, weight]),
            [-0.5, 0.5],
            'softmax',
          ),
    ],
  });
}

/** relu, max pooling to the one value 4, and the three scores 12, -19 and 0.25. */
export function poolingNetwork(): tf.LayersModel {
  return tf.sequential({
    layers: [
      convolution('conv', [1], { inputShape: [2, 2, 1], activation: 'relu' }),
      tf.layers.maxPooling2d({ name: 'pool', poolSize: 2 }),
      tf.layers.flatten({ name: 'flatten' }),
      dense([[3, -5, 0]], [0, 1, 0.25], 'softmax'),
    ],
  });
}

/** a = 2x, b = 3a, sum = a + b; z = 40 with the weights 1, -1, 2, 0 of the four positions. One sigmoid unit. */
export function branchingNetwork(): tf.LayersModel {
  const input = tf.input({ shape: [2, 2, 1] });
  const a = convolution('a', [2]).apply(input) as tf.SymbolicTensor;
  const b = convolution('b', [3]).apply(a) as tf.SymbolicTensor;
  const sum = tf.layers.add({ name: 'sum' }).apply([a, b]) as tf.SymbolicTensor;
  const flat = tf.layers.flatten({ name: 'flatten' }).apply(sum);
  const output = dense([[1], [-1], [2], [0]], [0], 'sigmoid').apply(flat) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: output });
}
