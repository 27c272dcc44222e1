// The gradient rules of ops that move values, reshape and concatenation, and of those that reduce them.

import { attribute } from '../build/attribute.js';
import type { BuiltNode, GraphBuilder, GraphTensor } from '../build/graph-builder.js';
import { binary, cast, compare, elementCount, reshape, shapeOf } from '../build/ops.js';
import { UnsupportedByGraph } from '../build/unsupported.js';
import type { GradientCall, GradientRule } from './rule.js';

export const identity: GradientRule = ({ gradient }) => [() => gradient];

export const reshaping: GradientRule = ({ graph, gradient }, input) => [
  () => reshape(graph, gradient, shapeOf(graph, input)),
];

/** Each input gets its own part; the axis comes last. */
export const concatenation: GradientRule = ({ graph, gradient }, ...inputs) => {
  const [parts, axis] = [inputs.slice(0, -1), inputs.at(-1) as GraphTensor];
  let shapes: GraphTensor[] | undefined;
  let offsets: GraphTensor | undefined;
  return parts.map((_, index) => () => {
    shapes ??= parts.map((part) => shapeOf(graph, part));
    offsets ??= graph.add('ConcatOffset', [axis, ...shapes], { N: { int: parts.length } });
    const begin = index === 0 ? offsets : graph.output(offsets, index);
    const attributes = { T: { type: gradient.type }, Index: { type: 'int32' } } as const;
    return graph.add('Slice', [gradient, begin, shapes[index] as GraphTensor], attributes);
  });
};

/** Each of the values that a mean is made of gets an equal share. */
export const mean: GradientRule = (call, input, axes) => [
  () => {
    const { graph, output, gradient } = call;
    const count = binary(graph, 'FloorDiv', elementCount(graph, input), elementCount(graph, output));
    const share = binary(graph, 'RealDiv', graph.scalar(1), cast(graph, count, 'float'));
    return spread(call, binary(graph, 'Mul', gradient, share), input, axes);
  },
];

export const total: GradientRule = (call, input, axes) => [() => spread(call, call.gradient, input, axes)];

/** Where several values are the largest, or the smallest, they share the gradient, as in TensorFlow. */
export const extreme: GradientRule = (call, input, axes) => [
  () => {
    const { graph, node, output, gradient } = call;
    const kept = keepDimensions(graph, node, output, axes);
    const isExtreme = cast(graph, compare(graph, 'Equal', input, kept), 'float');
    const count = graph.add('Sum', [isExtreme, axes], { ...node.attributes, keep_dims: { bool: true } });
    const share = binary(graph, 'RealDiv', keepDimensions(graph, node, gradient, axes), count);
    return binary(graph, 'Mul', isExtreme, share);
  },
];

/** A reduction's gradient, the same for all that it was reduced from. */
function spread({ graph, node }: GradientCall, gradient: GraphTensor, input: GraphTensor, axes: GraphTensor) {
  const attributes = { T: { type: 'float' }, Tidx: { type: 'int32' } } as const;
  const kept = keepDimensions(graph, node, gradient, axes);
  return graph.add('BroadcastTo', [kept, shapeOf(graph, input)], attributes);
}

/** Puts sizes of 1 where a reduction took the axes away. */
function keepDimensions(graph: GraphBuilder, node: BuiltNode, reduced: GraphTensor, axes: GraphTensor): GraphTensor {
  if (attribute(node, 'keep_dims', 'bool')) return reduced;
  const positions = [...(attribute(graph.nodeOf(axes), 'value', 'tensor')?.values ?? [-1])].sort((a, b) => a - b);
  if (positions.some((axis) => axis < 0)) {
    throw new UnsupportedByGraph(node.layer ?? node.output.name, `${node.op} has no gradient along axes from the end`);
  }
  return positions.reduce((tensor, axis) => {
    const attributes = { T: { type: 'float' }, Tdim: { type: 'int32' } } as const;
    return graph.add('ExpandDims', [tensor, graph.integer(axis)], attributes);
  }, reduced);
}
