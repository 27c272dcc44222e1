// The gradient rules of convolutions.

import { CnnvizError } from '../../../base/errors.js';
import { attribute } from '../build/attribute.js';
import { dilate } from '../build/dilate.js';
import type { BuiltNode, GraphBuilder, GraphTensor } from '../build/graph-builder.js';
import { shapeOf } from '../build/ops.js';
import { UnsupportedByGraph } from '../build/unsupported.js';
import type { GradientRule } from './rule.js';

export const convolution: GradientRule = ({ graph, node, gradient }, input, kernel) => [
  () => {
    const [plain, attributes] = isDilated(node) ? withoutDilation(graph, node, kernel) : [kernel, node.attributes];
    return graph.add('Conv2DBackpropInput', [shapeOf(graph, input), plain, gradient], attributes, {
      type: gradient.type,
    });
  },
  () => {
    if (isDilated(node)) throw new UnsupportedByGraph(node.layer ?? node.output.name, 'is dilated');
    const shape = variableShape(graph, kernel);
    if (shape) requireTrainableStrides(node, shape);
    const sizes = shape ? graph.integers(shape) : shapeOf(graph, kernel);
    return graph.add('Conv2DBackpropFilter', [input, sizes, gradient], node.attributes);
  },
];

/** What a convolution does, and so the other way round. */
export const transposedConvolution: GradientRule = ({ graph, node, gradient }, _sizes, kernel, input) => [
  undefined,
  () => graph.add('Conv2DBackpropFilter', [gradient, shapeOf(graph, kernel), input], node.attributes),
  () => graph.add('Conv2D', [gradient, kernel], node.attributes),
];

export const depthwiseConvolution: GradientRule = ({ graph, node, gradient }, input, kernel) => {
  const { type } = gradient;
  const add = (op: string, inputs: GraphTensor[]) => graph.add(op, inputs, node.attributes, { type });
  return [
    () => add('DepthwiseConv2dNativeBackpropInput', [shapeOf(graph, input), kernel, gradient]),
    () => add('DepthwiseConv2dNativeBackpropFilter', [input, shapeOf(graph, kernel), gradient]),
  ];
};

const isDilated = (node: BuiltNode) => (attribute(node, 'dilations', 'ints') ?? []).some((rate) => rate !== 1);

/** TensorFlow's CPU has no gradient of a dilated convolution: that of one whose kernel has zeros in between is the same. */
function withoutDilation(graph: GraphBuilder, node: BuiltNode, kernel: GraphTensor) {
  const [, down = 1, right = 1] = attribute(node, 'dilations', 'ints') ?? [];
  const shape = variableShape(graph, kernel);
  if (!shape) throw new UnsupportedByGraph(node.layer ?? node.output.name, 'is dilated, and its kernel is computed');
  const attributes = { ...node.attributes, dilations: { ints: [1, 1, 1, 1] } };
  return [dilate(graph, kernel, shape, [down, right]), attributes] as const;
}

/** The shape of a variable's value; undefined for any other tensor. */
function variableShape(graph: GraphBuilder, value: GraphTensor): readonly number[] | undefined {
  const { op, inputs } = graph.nodeOf(value);
  const [handle] = inputs;
  if (op === 'Cast' && handle) return variableShape(graph, handle);
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
