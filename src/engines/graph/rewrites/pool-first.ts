import { attribute } from '../build/attribute.js';
import type { BuiltNode, GraphBuilder, GraphTensor } from '../build/graph-builder.js';
import { exchange, usersOf } from './exchange.js';

/**
 * Whether a node acts on each value by itself, with at most one parameter per channel, and never decreases: the maximum
 * of a pooling window can as well be taken before it.
 */
export function keepsOrder(node: BuiltNode): boolean {
  if (node.op === 'LeakyRelu') return (attribute(node, 'alpha', 'float') ?? 0) >= 0;
  return ['BiasAdd', 'Elu', 'Relu', 'Sigmoid', 'Tanh'].includes(node.op);
}

/** What TensorFlow computes within the convolution that it follows, so that moving it gains nothing. */
const MERGED_OPS = ['BiasAdd', 'Elu', 'LeakyRelu', 'Relu'];

/**
 * Rewrites a forward pass: max pooling comes before the biases and activations that it follows, maxpool(sigmoid(conv + b))
 * = sigmoid(maxpool(conv) + b). The gradient is the same, but bias, activation and their gradients then touch a fraction
 * of the memory. Right for operations that keep the order of values, and only where nobody else wants to see what is in
 * between. Where TensorFlow merges all of them into the convolution (conv, bias and relu are one kernel), the order stays:
 * see poolGradientsFirst.
 *
 * @param wanted what is fetched or used later
 */
export function poolFirst(graph: GraphBuilder, wanted: readonly GraphTensor[]): void {
  for (const pooling of graph.built.filter(({ op }) => op === 'MaxPool')) {
    const passed = findPassed(graph, pooling, wanted);
    const source = inputNode(graph, passed.at(-1) ?? pooling);
    if (source.op === 'Conv2D' && passed.every(({ op }) => MERGED_OPS.includes(op))) continue;
    for (const node of passed) exchange(graph, { node, place: 0 }, { node: pooling, place: 0 });
  }
}

/** The nodes that a pooling can be moved before, the nearest one first. */
function findPassed(graph: GraphBuilder, pooling: BuiltNode, wanted: readonly GraphTensor[]): BuiltNode[] {
  const isWanted = ({ output }: BuiltNode) => wanted.some(({ name }) => name === output.name);
  const passed: BuiltNode[] = [];
  if (isWanted(pooling)) return passed;
  let node = inputNode(graph, pooling);
  while (keepsOrder(node) && !isWanted(node) && usersOf(graph, node).length === 1) {
    passed.push(node);
    node = inputNode(graph, node);
  }
  return passed;
}

function inputNode(graph: GraphBuilder, { inputs }: BuiltNode): BuiltNode {
  return graph.nodeOf(inputs[0] as GraphTensor);
}
