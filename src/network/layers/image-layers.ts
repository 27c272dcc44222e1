// Layers that make maps of another size: pooling to one value, resizing, cropping.

import { tf } from '../../backend/tfjs/tensors.js';
import { type Interpolation, type Line, resizedLines, samplePlace } from '../../engines/contract/resampling.js';
import { defineLayer, type LayerBehavior } from './keras-layer.js';

type Pair = [number, number];

/** Global pooling whose maps stay maps, of one value each. */
const keptPooling = (kind: string, reduce: typeof tf.mean) =>
  defineLayer<{ keepdims: true }>(kind, ['keepdims'], () => ({
    outputShape: (input) => [input[0] as null, 1, 1, input[3] as number],
    compute: ([x]) => reduce(x as tf.Tensor, [1, 2], true),
  }));

export const globalAveragePooling2D = keptPooling('GlobalAveragePooling2D', tf.mean);
export const globalMaxPooling2D = keptPooling('GlobalMaxPooling2D', tf.max);

/** Takes each map as a matrix and multiplies it from both sides: on every backend the same, and so are the gradients. */
function resize(x: tf.Tensor4D, [rows, columns]: [Line, Line], interpolation: Interpolation): tf.Tensor {
  const [batch, height, width, channels] = x.shape;
  const down = interpolate(height, rows, interpolation);
  const across = interpolate(width, columns, interpolation);
  const lines = tf.matMul(tile(down, batch), tf.reshape(x, [batch, height, width * channels]));
  const sheets = tf.reshape(lines, [batch * rows.size, width, channels]);
  return tf.reshape(tf.matMul(tile(across, batch * rows.size), sheets), [batch, rows.size, columns.size, channels]);
}

const tile = (matrix: tf.Tensor2D, count: number): tf.Tensor3D => tf.tile(tf.expandDims(matrix, 0), [count, 1, 1]);

/** [line.size, inputSize]: how much each pixel counts for each new one. */
function interpolate(inputSize: number, line: Line, interpolation: Interpolation): tf.Tensor2D {
  const matrix = tf.buffer([line.size, inputSize]);
  const add = (row: number, column: number, value: number) =>
    matrix.set((matrix.get(row, column) as number) + value, row, column);
  for (let row = 0; row < line.size; row++) {
    const { low, high, part } = samplePlace(line, row, interpolation);
    add(row, low, 1 - part);
    add(row, high, part);
  }
  return matrix.toTensor() as tf.Tensor2D;
}

const sizeOf = ({ shape: [, height, width] }: tf.Tensor4D): Pair => [height, width];

/** Pixels are squares, sampled at their middles; tfjs's own layer samples at their corners. */
export const resizing = defineLayer<{
  height: number;
  width: number;
  interpolation: Interpolation;
  cropToAspectRatio?: boolean;
}>(
  'Resizing',
  ['height', 'width', 'interpolation', 'cropToAspectRatio'],
  ({ height, width, interpolation, cropToAspectRatio }) => ({
    outputShape: (input) => [input[0] as null, height, width, input[3] as number],
    compute([x]) {
      const input = x as tf.Tensor4D;
      return resize(input, resizedLines(sizeOf(input), [height, width], cropToAspectRatio), interpolation);
    },
  }),
);

/** UpSampling2D that interpolates. */
export const upSampling2D = defineLayer<{ size: Pair; interpolation: Interpolation }>(
  'UpSampling2D',
  ['size', 'interpolation'],
  ({ size: [down, right], interpolation }): LayerBehavior => {
    const enlarge = ([height, width]: Pair): Pair => [height * down, width * right];
    return {
      outputShape: ([batch, height, width, channels]) => [
        batch as null,
        ...enlarge([height as number, width as number]),
        channels as number,
      ],
      compute([x]) {
        const input = x as tf.Tensor4D;
        return resize(input, resizedLines(sizeOf(input), enlarge(sizeOf(input))), interpolation);
      },
    };
  },
);

/** The middle of an image; of one that is too small the part in its form, resized. */
export const centerCrop = defineLayer<{ height: number; width: number }>(
  'CenterCrop',
  ['height', 'width'],
  ({ height, width }) => ({
    outputShape: (input) => [input[0] as null, height, width, input[3] as number],
    compute([x]) {
      const input = x as tf.Tensor4D;
      const [top, left] = [Math.floor((input.shape[1] - height) / 2), Math.floor((input.shape[2] - width) / 2)];
      if (top >= 0 && left >= 0) return tf.slice(input, [0, top, left, 0], [-1, height, width, -1]);
      return resize(input, resizedLines(sizeOf(input), [height, width], true), 'bilinear');
    },
  }),
);
