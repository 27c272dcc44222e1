// Layers that make maps of another size: pooling to one value, resizing, cropping.

import { tf } from '../../backend/tfjs/tensors.js';
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

type Interpolation = 'bilinear' | 'nearest';

/** From which pixels of a row or column, the first and how many, another one of `size` pixels is made. */
interface Line {
  from: number;
  count: number;
  size: number;
}

/** Takes each map as a matrix and multiplies it from both sides: on every backend the same, and so are the gradients. */
function resize(x: tf.Tensor4D, rows: Line, columns: Line, interpolation: Interpolation): tf.Tensor {
  const [batch, height, width, channels] = x.shape;
  const down = interpolate(height, rows, interpolation);
  const across = interpolate(width, columns, interpolation);
  const lines = tf.matMul(tile(down, batch), tf.reshape(x, [batch, height, width * channels]));
  const sheets = tf.reshape(lines, [batch * rows.size, width, channels]);
  return tf.reshape(tf.matMul(tile(across, batch * rows.size), sheets), [batch, rows.size, columns.size, channels]);
}

const tile = (matrix: tf.Tensor2D, count: number): tf.Tensor3D => tf.tile(tf.expandDims(matrix, 0), [count, 1, 1]);

/** [line.size, inputSize]: how much each pixel counts for each new one, where both cover the same length. In single precision, as TensorFlow does it. */
function interpolate(inputSize: number, { from, count, size }: Line, interpolation: Interpolation): tf.Tensor2D {
  const matrix = tf.buffer([size, inputSize]);
  const scale = Math.fround(count / size);
  const add = (row: number, at: number, value: number) => {
    const column = from + Math.min(count - 1, Math.max(0, at));
    matrix.set((matrix.get(row, column) as number) + value, row, column);
  };
  for (let row = 0; row < size; row++) {
    const middle = Math.fround(Math.fround(row + 0.5) * scale);
    if (interpolation === 'nearest') {
      add(row, Math.floor(middle), 1);
      continue;
    }
    const position = Math.fround(middle - 0.5);
    const [low, part] = [Math.floor(position), position - Math.floor(position)];
    add(row, low, 1 - part);
    add(row, low + 1, part);
  }
  return matrix.toTensor() as tf.Tensor2D;
}

/** The part in the middle that has the form of the output. */
function cropToForm([, height, width]: tf.Shape, [rows, columns]: Pair): [Line, Line] {
  const cut = (own: number, other: number, size: number, otherSize: number): Line => {
    const count = Math.max(Math.min(own, Math.trunc((other * size) / otherSize)), 1);
    return { from: Math.trunc((own - count) / 2), count, size };
  };
  const [h, w] = [height as number, width as number];
  return [cut(h, w, rows, columns), cut(w, h, columns, rows)];
}

const whole = ([, height, width]: tf.Shape, [rows, columns]: Pair): [Line, Line] => [
  { from: 0, count: height as number, size: rows },
  { from: 0, count: width as number, size: columns },
];

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
      const lines = (cropToAspectRatio ? cropToForm : whole)(input.shape, [height, width]);
      return resize(input, ...lines, interpolation);
    },
  }),
);

/** UpSampling2D that interpolates. */
export const upSampling2D = defineLayer<{ size: Pair; interpolation: Interpolation }>(
  'UpSampling2D',
  ['size', 'interpolation'],
  ({ size: [down, right], interpolation }): LayerBehavior => {
    const sizeOf = ([, height, width]: tf.Shape): Pair => [(height as number) * down, (width as number) * right];
    return {
      outputShape: (input) => [input[0] as null, ...sizeOf(input), input[3] as number],
      compute([x]) {
        const input = x as tf.Tensor4D;
        return resize(input, ...whole(input.shape, sizeOf(input.shape)), interpolation);
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
      return resize(input, ...cropToForm(input.shape, [height, width]), 'bilinear');
    },
  }),
);
