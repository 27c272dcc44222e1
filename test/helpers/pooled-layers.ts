import { expect } from 'vitest';
import { tf } from '../../src/backend/tfjs/tensors.js';
import type { GraphBuilder, GraphTensor } from '../../src/engines/graph/build/graph-builder.js';

const { layers } = tf;

export const size = { height: 8, width: 9, channels: 2 };

export const conv = (activation: 'elu' | 'linear' | 'relu' | 'sigmoid' | 'softmax' | 'tanh' = 'linear') =>
  layers.conv2d({ filters: 3, kernelSize: 3, name: 'conv', activation });

export const plainConv = () => layers.conv2d({ filters: 3, kernelSize: 3, useBias: false, name: 'conv' });

export const leaky = (alpha = 0.3) => layers.leakyReLU({ alpha, name: 'leaky' });

export const maxPool = (padding: 'valid' | 'same' = 'valid') =>
  layers.maxPooling2d({ poolSize: 2, padding, name: 'pool' });

/** The ops on the way from a tensor back along the given inputs, the last one first. */
export function opsBehind(graph: GraphBuilder, from: GraphTensor, places: Readonly<Record<string, number>> = {}) {
  const ops: string[] = [];
  let node = graph.nodeOf(from);
  while (node.inputs.length > 0) {
    ops.push(node.op);
    node = graph.nodeOf(node.inputs[places[node.op] ?? 0] as GraphTensor);
  }
  return ops;
}

/** Throws unless every node comes after those that it takes from. */
export function expectInOrder(graph: GraphBuilder): void {
  const places = new Map(graph.built.map((node, place) => [node.output.name, place]));
  for (const [place, { inputs }] of graph.built.entries()) {
    for (const { name } of inputs) expect(places.get(name.split(':')[0] as string)).toBeLessThan(place);
  }
}
