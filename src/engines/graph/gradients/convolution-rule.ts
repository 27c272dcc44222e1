// The gradient rule of the convolution.

import { CnnvizError } from '../../../base/errors.js';
import { attribute } from '../build/attribute.js';
import type { BuiltNode, GraphBuilder, GraphTensor } from '../build/graph-builder.js';
import { shapeOf } from '../build/ops.js';
import type { GradientRule } from './rule.js';

export const convolution: GradientRule = ({ graph, node, gradient }, input, kernel) => [
  () => graph.add('Conv2DBackpropInput', [shapeOf(graph, input), kernel, gradient], node.attributes, { type: 'float' }),
  () => {
    const shape = variableShape(graph, kernel);
    if (shape) requireTrainableStrides(node, shape);
    const sizes = shape ? graph.integers(shape) : shapeOf(graph, kernel);
    return graph.add('Conv2DBackpropFilter', [input, sizes, gradient], node.attributes);
  },
];

/** The shape of a variable's value; undefined for any other tensor. */
function variableShape(graph: GraphBuilder, value: GraphTensor): readonly number[] | undefined {
  const [handle] = graph.nodeOf(value).inputs;
  if (handle?.type !== 'resource') return undefined;
  return attribute(graph.nodeOf(handle), 'shape', 'shape');
}

/** TensorFlow 2.21's filter gradient writes beyond its memory there, in a graph as in tfjs-node itself. */
function requireTrainableStrides(node: BuiltNode, kernelShape: readonly number[]): void {
  const [, down = 1, right = 1] = attribute(node, 'strides', 'ints') ?? [];
  const [height = 1, width = 1] = kernelShape;
  if (down !== right && (down > height || right > width)) {
    const problem = `strides [${[down, right]}] differ and exceed the kernel [${[height, width]}]`;
    throw new CnnvizError('BAD_MODEL', `${node.layer}: ${problem}, which native TensorFlow cannot train`, {
      hint: 'Use equal strides, a larger kernel or another backend.',
    });
  }
}
