// The gradient rules of ops that take parts, add edges, or make images of another size.

import { attribute } from '../build/attribute.js';
import type { GraphBuilder, GraphTensor } from '../build/graph-builder.js';
import { binary, shapeOf, slice } from '../build/ops.js';
import type { GradientRule } from './rule.js';

const INT32 = { type: 'int32' } as const;

/** What was left out gets nothing. */
export const sliced: GradientRule = ({ graph, gradient }, input, begin) => [
  () => {
    const end = binary(graph, 'Sub', binary(graph, 'Sub', shapeOf(graph, input), begin), shapeOf(graph, gradient));
    const edges = graph.add('Pack', [begin, end], { T: INT32, N: { int: 2 }, axis: { int: 1 } });
    return graph.add('Pad', [gradient, edges], { T: { type: gradient.type }, Tpaddings: INT32 });
  },
];

export const strided: GradientRule = ({ graph, node, gradient }, input, ...bounds) => [
  () => graph.add('StridedSliceGrad', [shapeOf(graph, input), ...bounds, gradient], node.attributes, { type: 'float' }),
];

/** The edges were nobody's. */
export const padded: GradientRule = ({ graph, gradient }, input, paddings) => [
  () => {
    const edges = [...(attribute(graph.nodeOf(paddings), 'value', 'tensor')?.values ?? [])];
    const begin = graph.integers(edges.filter((_, index) => index % 2 === 0));
    const attributes = { T: { type: gradient.type }, Index: INT32 } as const;
    return graph.add('Slice', [gradient, begin, shapeOf(graph, input)], attributes);
  },
];

export const transposed: GradientRule = ({ graph, node, gradient }, _input, axes) => [
  () => {
    const order = [...(attribute(graph.nodeOf(axes), 'value', 'tensor')?.values ?? [])];
    const back = graph.integers(order.map((_, axis) => order.indexOf(axis)));
    return graph.add('Transpose', [gradient, back], node.attributes);
  },
];

export const bilinear: GradientRule = ({ graph, node, gradient }, input) => [
  () => graph.add('ResizeBilinearGrad', [gradient, input], node.attributes),
];

export const nearest: GradientRule = ({ graph, node, gradient }, input) => [
  () => graph.add('ResizeNearestNeighborGrad', [gradient, sizeOf(graph, input)], node.attributes),
];

/** [height, width] */
const sizeOf = (graph: GraphBuilder, input: GraphTensor) => slice(graph, shapeOf(graph, input), [1], [2]);
