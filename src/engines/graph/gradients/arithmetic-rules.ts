// The gradient rules of sums, products, quotients, maxima and their broadcast inputs.

import { attribute } from '../build/attribute.js';
import type { GraphBuilder, GraphTensor } from '../build/graph-builder.js';
import { batchMatMul, binary, cast, compare, matMul, reshape, shapeOf, unary } from '../build/ops.js';
import { UnsupportedByGraph } from '../build/unsupported.js';
import type { GradientCall, GradientRule } from './rule.js';

export const add: GradientRule = ({ graph, gradient }, a, b) => [
  () => reduceTo(graph, gradient, a, b),
  () => reduceTo(graph, gradient, b, a),
];

export const subtract: GradientRule = ({ graph, gradient }, a, b) => [
  () => reduceTo(graph, gradient, a, b),
  () => reduceTo(graph, unary(graph, 'Neg', gradient), b, a),
];

export const multiply: GradientRule = ({ graph, gradient }, a, b) => [
  () => reduceTo(graph, binary(graph, 'Mul', gradient, b), a, b),
  () => reduceTo(graph, binary(graph, 'Mul', gradient, a), b, a),
];

export const divide: GradientRule = ({ graph, output, gradient }, a, b) => {
  const share = () => binary(graph, 'RealDiv', gradient, b);
  return [
    () => reduceTo(graph, share(), a, b),
    () => reduceTo(graph, unary(graph, 'Neg', binary(graph, 'Mul', share(), output)), b, a),
  ];
};

/** For the base only. */
export const power: GradientRule = ({ graph, gradient }, base, exponent) => [
  () => {
    const lower = binary(graph, 'Pow', base, binary(graph, 'Sub', exponent, graph.scalar(1)));
    return reduceTo(graph, binary(graph, 'Mul', gradient, binary(graph, 'Mul', exponent, lower)), base, exponent);
  },
  undefined,
];

/** Where two values are equal, the first one gets the gradient, as in TensorFlow and tfjs. */
export const maximum: GradientRule = (call, a, b) => chooseWhere(call, a, b, [a, b]);

export const minimum: GradientRule = (call, a, b) => chooseWhere(call, a, b, [b, a]);

/** The gradient goes to `a` where the first of a pair is at least the second, else to `b`. */
function chooseWhere(
  { graph, gradient }: GradientCall,
  a: GraphTensor,
  b: GraphTensor,
  [larger, smaller]: readonly [GraphTensor, GraphTensor],
) {
  const share = (condition: GraphTensor) => binary(graph, 'Mul', gradient, cast(graph, condition, gradient.type));
  return [
    () => reduceTo(graph, share(compare(graph, 'GreaterEqual', larger, smaller)), a, b),
    () => reduceTo(graph, share(compare(graph, 'Greater', smaller, larger)), b, a),
  ];
}

/** A gradient in the shape of an input that was stretched to the shape of the other one: summed where it was. */
function reduceTo(graph: GraphBuilder, gradient: GraphTensor, to: GraphTensor, other: GraphTensor): GraphTensor {
  if (isScalar(graph, other)) return gradient;
  const shape = shapeOf(graph, to);
  const axes = graph.add('BroadcastGradientArgs', [shape, shapeOf(graph, other)], { T: { type: 'int32' } });
  const attributes = { T: { type: gradient.type }, Tidx: { type: 'int32' }, keep_dims: { bool: false } } as const;
  return reshape(graph, graph.add('Sum', [gradient, axes], attributes), shape);
}

function isScalar(graph: GraphBuilder, tensor: GraphTensor): boolean {
  return attribute(graph.nodeOf(tensor), 'value', 'tensor')?.shape.length === 0;
}

/** Of matrices that are not transposed. */
export const product: GradientRule = ({ graph, gradient }, a, b) => [
  () => matMul(graph, gradient, b, { b: true }),
  () => matMul(graph, a, gradient, { a: true }),
];

/** Of one matrix with another that is turned over, for each image. */
export const productOfTurned: GradientRule = ({ graph, node, gradient }, a, b) => {
  if (attribute(node, 'adj_x', 'bool') || !attribute(node, 'adj_y', 'bool')) {
    throw new UnsupportedByGraph(node.layer ?? node.output.name, `${node.op} has no gradient in that order`);
  }
  return [() => batchMatMul(graph, gradient, b), () => batchMatMul(graph, gradient, a, { a: true })];
};
