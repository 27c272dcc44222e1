import type { GraphBuilder, GraphTensor } from './graph-builder.js';
import { pad, reshape, slice } from './ops.js';

/** A kernel with zeros between its values: a convolution with it is one with the kernel dilated. */
export function dilate(
  graph: GraphBuilder,
  kernel: GraphTensor,
  shape: readonly number[],
  [down, right]: readonly [number, number],
): GraphTensor {
  const [height, width, inputs, outputs] = shape as [number, number, number, number];
  const size = inputs * outputs;
  const spread = (x: GraphTensor, cells: number[], gap: number) =>
    pad(graph, reshape(graph, x, graph.integers(cells)), [
      [0, 0],
      [0, gap - 1],
      [0, 0],
    ]);
  const grid = spread(spread(kernel, [height, 1, width * size], down), [height * down * width, 1, size], right);
  const whole = reshape(graph, grid, graph.integers([height * down, width * right, inputs, outputs]));
  return slice(graph, whole, [0, 0, 0, 0], [(height - 1) * down + 1, (width - 1) * right + 1, -1, -1]);
}
