// The operations that Keras 3 writes into functional networks: `x / 127.5 - 1`, `x[:, 1:]`, a mean over an axis.

import { tf } from '../../backend/tfjs/tensors.js';
import { type Part, placesOf } from '../../engines/contract/parts.js';
import { defineLayer, type LayerBehavior } from './keras-layer.js';

/** What is combined: the layer's input of that number, or constants. */
export type Operand = { input: number } | number | readonly Operand[];

type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

const BINARY: Record<string, Binary> = {
  Add: tf.add,
  Divide: tf.div,
  Maximum: tf.maximum,
  Minimum: tf.minimum,
  Multiply: tf.mul,
  Power: tf.pow,
  Subtract: tf.sub,
  TrueDivide: tf.div,
};

const isInput = (operand: Operand): operand is { input: number } => typeof operand === 'object' && 'input' in operand;

function broadcast(a: tf.Shape, b: tf.Shape): tf.Shape {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, index, rank = Math.max(a.length, b.length)) => {
    const [one, other] = [a, b].map((shape) => shape[index - rank + shape.length]);
    return (one === undefined || (one === 1 && other !== undefined) ? other : one) as number | null;
  });
}

function shapeOf(operand: Operand): number[] {
  return Array.isArray(operand) ? [operand.length, ...shapeOf(operand[0] as Operand)] : [];
}

/** Two or more tensors or constants, value by value, from the left to the right; sizes of 1 are stretched. */
export const BINARY_OPERATIONS = Object.entries(BINARY).map(([kind, combine]) =>
  defineLayer<{ operands: readonly Operand[] }>(
    kind,
    ['operands'],
    ({ operands }): LayerBehavior => ({
      outputShape: (...inputs) =>
        operands
          .map((operand) => (isInput(operand) ? (inputs[operand.input] as tf.Shape) : shapeOf(operand)))
          .reduce(broadcast),
      compute: (inputs) =>
        operands
          .map((operand) => (isInput(operand) ? (inputs[operand.input] as tf.Tensor) : tf.tensor(operand as number)))
          .reduce(combine),
    }),
  ),
);

const UNARY: Record<string, (x: tf.Tensor) => tf.Tensor> = {
  Absolute: tf.abs,
  Cast: tf.clone,
  Log: tf.log,
  Negative: tf.neg,
  Sqrt: tf.sqrt,
  Square: tf.square,
};

export const UNARY_OPERATIONS = Object.entries(UNARY).map(([kind, apply]) =>
  defineLayer(kind, [], () => ({ compute: ([x]) => apply(x as tf.Tensor) })),
);

const REDUCTIONS: Record<string, typeof tf.mean> = { Max: tf.max, Mean: tf.mean, Min: tf.min, Sum: tf.sum };

/** A number for all values along some axes. */
export const REDUCING_OPERATIONS = Object.entries(REDUCTIONS).map(([kind, reduce]) =>
  defineLayer<{ axis: number | number[]; keepdims?: boolean }>(
    kind,
    ['axis', 'keepdims'],
    ({ axis, keepdims = false }): LayerBehavior => ({
      outputShape(input) {
        const axes = [axis].flat().map((each) => (each < 0 ? each + input.length : each));
        return input.flatMap((size, index) => (axes.includes(index) ? (keepdims ? [1] : []) : [size]));
      },
      compute: ([x]) => reduce(x as tf.Tensor, axis, keepdims),
    }),
  ),
);

export const clip = defineLayer<{ xMin: number; xMax: number }>('Clip', ['xMin', 'xMax'], ({ xMin, xMax }) => ({
  compute: ([x]) => tf.clipByValue(x as tf.Tensor, xMin, xMax),
}));

/** The axes in another order, the batch first. */
export const transpose = defineLayer<{ axes: number[] }>('Transpose', ['axes'], ({ axes }) => ({
  outputShape: (input) => axes.map((axis) => input[axis] as number | null),
  compute: ([x]) => tf.transpose(x as tf.Tensor, axes),
}));

/** `x[:, 2:4, 0]`. @param parts of the axes from the first after the batch on; what is left out is taken whole */
export const getItem = defineLayer<{ parts: readonly Part[] }>('GetItem', ['parts'], ({ parts }): LayerBehavior => {
  const chosen = (shape: readonly (number | null)[]) =>
    parts.map((part, index) => ({ axis: index + 1, part, places: placesOf(part, shape[index + 1] as number) }));
  return {
    outputShape(input) {
      const along = new Map(chosen(input).map(({ axis, part, places }) => [axis, { part, places }]));
      return input.flatMap((size, axis) => {
        const found = along.get(axis);
        return found === undefined ? [size] : typeof found.part === 'number' ? [] : [found.places.length];
      });
    },
    compute([x]) {
      const input = x as tf.Tensor;
      const taken = chosen(input.shape).reduce((tensor, { axis, places }) => take(tensor, axis, places), input);
      const gone = parts.flatMap((part, index) => (typeof part === 'number' ? [index + 1] : []));
      return gone.length === 0 ? tf.clone(taken) : tf.squeeze(taken, gone);
    },
  };
});

/** Neighbors as one piece, where they are in order; else one by one, which tfjs differentiates as well. */
function take(tensor: tf.Tensor, axis: number, places: readonly number[]): tf.Tensor {
  const first = places[0] as number;
  if (places.length === tensor.shape[axis] && places.every((place, index) => place === index)) return tensor;
  const piece = (from: number, count: number) => {
    const [begin, size] = [tensor.shape.map(() => 0), [...tensor.shape]];
    begin[axis] = from;
    size[axis] = count;
    return tf.slice(tensor, begin, size);
  };
  if (places.every((place, index) => place === first + index)) return piece(first, places.length);
  return tf.concat(
    places.map((place) => piece(place, 1)),
    axis,
  );
}
