// Convolutions in groups, dilated ones by channel, and transposed ones of any output size.

import { tf } from '../../backend/tfjs/tensors.js';
import { defineLayer, type LayerBehavior } from './keras-layer.js';

type Pair = [number, number];

interface Convolution {
  kernelSize: Pair;
  strides: Pair;
  padding: 'same' | 'valid';
  dilationRate?: Pair;
  useBias?: boolean;
  activation?: string;
}

const SETTINGS = ['kernelSize', 'strides', 'padding', 'dilationRate', 'useBias', 'activation'] as const;

/** Bias and activation, as all of them end. */
function finisher({ activation = 'linear' }: Convolution) {
  const activate = tf.layers.activation({ activation: activation as 'linear' });
  return (x: tf.Tensor, { bias }: Readonly<Record<string, tf.Tensor>>): tf.Tensor =>
    activate.apply(bias === undefined ? x : tf.add(x, bias)) as tf.Tensor;
}

const biasShape = ({ useBias = true }: Convolution, channels: number): Record<string, number[]> =>
  useBias ? { bias: [channels] } : {};

/** The output's height and width, as tfjs counts them. */
function slideOver(input: tf.Shape, { kernelSize, strides, padding, dilationRate = [1, 1] }: Convolution): Pair {
  return [0, 1].map((side) => {
    const size = input[side + 1] as number;
    const reach = ((kernelSize[side] as number) - 1) * (dilationRate[side] as number) + 1;
    const room = padding === 'same' ? size : size - reach + 1;
    return Math.ceil(room / (strides[side] as number));
  }) as Pair;
}

/** Conv2D in groups: each group of filters sees its own part of the channels. */
export const groupedConv2D = defineLayer<Convolution & { filters: number; groups: number }>(
  'Conv2D',
  ['filters', 'groups', ...SETTINGS],
  (settings): LayerBehavior => {
    const { filters, groups, kernelSize, strides, padding, dilationRate = [1, 1] } = settings;
    const finish = finisher(settings);
    return {
      weights: (input) => ({
        kernel: [...kernelSize, (input.at(-1) as number) / groups, filters],
        ...biasShape(settings, filters),
      }),
      outputShape: (input) => [input[0] as null, ...slideOver(input, settings), filters],
      compute([x], weights) {
        const inputs: tf.Tensor4D[] = tf.split(x as tf.Tensor4D, groups, 3);
        const kernels: tf.Tensor4D[] = tf.split(weights.kernel as tf.Tensor4D, groups, 3);
        const outputs = inputs.map((input, group) =>
          tf.conv2d(input, kernels[group] as tf.Tensor4D, strides, padding, 'NHWC', dilationRate),
        );
        return finish(tf.concat(outputs, 3), weights);
      },
    };
  },
);

/** A kernel with zeros between its values, which does what a dilated one does: native TensorFlow has no dilated depthwise op. */
function dilate(kernel: tf.Tensor4D, [down, right]: Pair): tf.Tensor4D {
  const [height, width, ...channels] = kernel.shape;
  const size = channels[0] * channels[1];
  const spread = (tensor: tf.Tensor, shape: [number, number, number], gap: number) => {
    const cells: tf.Tensor3D = tf.reshape(tensor, shape);
    return tf.pad3d(cells, [
      [0, 0],
      [0, gap - 1],
      [0, 0],
    ]);
  };
  const rows = spread(kernel, [height, 1, width * size], down);
  const grid = spread(rows, [height * down * width, 1, size], right);
  const reach: Pair = [(height - 1) * down + 1, (width - 1) * right + 1];
  const whole: tf.Tensor3D = tf.reshape(grid, [height * down, width * right, size]);
  return tf.reshape(tf.slice(whole, [0, 0, 0], [...reach, size]), [...reach, ...channels]);
}

/** A DepthwiseConv2D that is dilated, or that makes several channels of each. */
export const depthwiseConv2D = defineLayer<Convolution & { depthMultiplier: number }>(
  'DepthwiseConv2D',
  ['depthMultiplier', ...SETTINGS],
  (settings): LayerBehavior => {
    const { depthMultiplier, kernelSize, strides, padding, dilationRate = [1, 1] } = settings;
    const channelsOf = (input: tf.Shape) => (input.at(-1) as number) * depthMultiplier;
    const finish = finisher(settings);
    return {
      weights: (input) => ({
        depthwise_kernel: [...kernelSize, input.at(-1) as number, depthMultiplier],
        ...biasShape(settings, channelsOf(input)),
      }),
      outputShape: (input) => [input[0] as null, ...slideOver(input, settings), channelsOf(input)],
      compute([x], weights) {
        const kernel = dilate(weights.depthwise_kernel as tf.Tensor4D, dilationRate);
        const y = tf.depthwiseConv2d(x as tf.Tensor4D, kernel, strides, padding);
        return finish(y, weights);
      },
    };
  },
);

/** A SeparableConv2D of the same kinds. */
export const separableConv2D = defineLayer<Convolution & { depthMultiplier: number; filters: number }>(
  'SeparableConv2D',
  ['depthMultiplier', 'filters', ...SETTINGS],
  (settings): LayerBehavior => {
    const { depthMultiplier, filters, kernelSize, strides, padding, dilationRate = [1, 1] } = settings;
    const finish = finisher(settings);
    return {
      weights: (input) => ({
        depthwise_kernel: [...kernelSize, input.at(-1) as number, depthMultiplier],
        pointwise_kernel: [1, 1, (input.at(-1) as number) * depthMultiplier, filters],
        ...biasShape(settings, filters),
      }),
      outputShape: (input) => [input[0] as null, ...slideOver(input, settings), filters],
      compute([x], weights) {
        const kernel = dilate(weights.depthwise_kernel as tf.Tensor4D, dilationRate);
        const byChannel = tf.depthwiseConv2d(x as tf.Tensor4D, kernel, strides, padding);
        const y = tf.conv2d(byChannel, weights.pointwise_kernel as tf.Tensor4D, 1, 'valid');
        return finish(y, weights);
      },
    };
  },
);

/** Conv2DTranspose whose output size is said. */
export const conv2DTranspose = defineLayer<Convolution & { filters: number; outputPadding: Pair }>(
  'Conv2DTranspose',
  ['filters', 'outputPadding', ...SETTINGS],
  (settings): LayerBehavior => {
    const { filters, kernelSize, strides, padding, outputPadding } = settings;
    const finish = finisher(settings);
    const sizeOf = (input: tf.Shape) =>
      [0, 1].map((side) => {
        const span = ((input[side + 1] as number) - 1) * (strides[side] as number) + (outputPadding[side] as number);
        const kernel = kernelSize[side] as number;
        return span + (padding === 'same' ? kernel % 2 : kernel);
      }) as Pair;
    return {
      weights: (input) => ({
        kernel: [...kernelSize, filters, input.at(-1) as number],
        ...biasShape(settings, filters),
      }),
      outputShape: (input) => [input[0] as null, ...sizeOf(input), filters],
      compute([x], weights) {
        const input = x as tf.Tensor4D;
        const shape: [number, number, number, number] = [input.shape[0], ...sizeOf(input.shape), filters];
        const y = tf.conv2dTranspose(input, weights.kernel as tf.Tensor4D, shape, strides, padding);
        return finish(y, weights);
      },
    };
  },
);
