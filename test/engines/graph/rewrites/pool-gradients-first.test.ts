import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/tfjs/tensors.js';
import type { BuiltNode, GraphBuilder, GraphTensor } from '../../../../src/engines/graph/build/graph-builder.js';
import { unary } from '../../../../src/engines/graph/build/ops.js';
import type { Variable } from '../../../../src/engines/graph/build/variables.js';
import { addGradients } from '../../../../src/engines/graph/gradients/add-gradients.js';
import { addForward, openNetworkGraph } from '../../../../src/engines/graph/network-graph.js';
import { poolGradientsFirst } from '../../../../src/engines/graph/rewrites/pool-gradients-first.js';
import { aroundMaps, gradientDifference } from '../../../helpers/gradients.js';
import { nativeTest } from '../../../helpers/native.js';
import { conv, expectInOrder, leaky, maxPool, opsBehind, plainConv, size } from '../../../helpers/pooled-layers.js';

const { layers } = tf;

interface Case {
  title: string;
  middle: () => tf.layers.Layer[];
  /** the ops from the pooling's output back to the convolution's, in the order in which they are computed */
  order: string[];
}

const MOVED: Case[] = [
  { title: 'relu', middle: () => [conv('relu'), maxPool()], order: ['ReluGrad', 'MaxPoolGrad'] },
  { title: 'elu, same padding', middle: () => [conv('elu'), maxPool('same')], order: ['EluGrad', 'MaxPoolGrad'] },
  { title: 'sigmoid', middle: () => [conv('sigmoid'), maxPool()], order: ['SigmoidGrad', 'MaxPoolGrad'] },
  { title: 'tanh', middle: () => [conv('tanh'), maxPool()], order: ['TanhGrad', 'MaxPoolGrad'] },
  { title: 'a bias alone', middle: () => [conv(), maxPool()], order: ['MaxPoolGrad'] },
  {
    title: 'global pooling',
    middle: () => [conv('relu'), layers.globalMaxPooling2d({})],
    order: ['ReluGrad', 'MaxPoolGrad'],
  },
  {
    title: 'two activations',
    middle: () => [conv('elu'), leaky(), maxPool()],
    order: ['LeakyReluGrad', 'EluGrad', 'MaxPoolGrad'],
  },
  {
    title: 'an activation after batch normalization',
    middle: () => [plainConv(), layers.batchNormalization(), layers.reLU(), maxPool()],
    order: ['ReluGrad', 'MaxPoolGrad', 'FusedBatchNormGradV3'],
  },
];

const KEPT: Case[] = [
  {
    title: 'average pooling',
    middle: () => [conv('relu'), layers.averagePooling2d({ poolSize: 2 })],
    order: ['AvgPoolGrad', 'ReluGrad'],
  },
  {
    title: 'a leaky relu that decreases',
    middle: () => [conv(), leaky(-0.3), maxPool()],
    order: ['MaxPoolGrad', 'LeakyReluGrad'],
  },
  {
    title: 'batch normalization between',
    middle: () => [plainConv(), layers.batchNormalization(), maxPool()],
    order: ['MaxPoolGrad', 'FusedBatchNormGradV3'],
  },
  {
    title: 'relu before a decreasing leaky relu',
    middle: () => [conv('relu'), leaky(-0.3), maxPool()],
    order: ['MaxPoolGrad', 'LeakyReluGrad', 'ReluGrad'],
  },
];

/** Where an op that gives a gradient takes one. */
const GRADIENTS = { MaxPoolGrad: 2, AvgPoolGrad: 1, SigmoidGrad: 1, TanhGrad: 1, Conv2DBackpropFilter: 2 };

/** @param see gets the gradient for the layer `conv`; what it returns somebody wants */
function compileGradients(
  middle: tf.layers.Layer[],
  see: (graph: GraphBuilder, gradient: GraphTensor) => GraphTensor[],
) {
  const network = openNetworkGraph(tf.sequential({ layers: aroundMaps(size, middle) }));
  const { graph } = network;
  const { output, layerOutputs } = addForward(network, true);
  const start = { tensor: output, gradient: graph.placeholder('start', [-1, 1]) };
  const kernel = (network.variables.get('conv/kernel') as Variable).value;
  const bias = network.variables.get('conv/bias')?.value;
  const maps = layerOutputs.get('conv') as GraphTensor;
  const gradients = addGradients(graph, start, [kernel, maps, ...(bias ? [bias] : [])]);
  const kernelGradient = gradients.get(kernel.name) as GraphTensor;
  poolGradientsFirst(graph, [kernelGradient, ...see(graph, gradients.get(maps.name) as GraphTensor)]);
  expectInOrder(graph);
  return { graph, kernelGradient, biasGradient: bias && gradients.get(bias.name) };
}

const nobody = () => [];

function orderOf(middle: tf.layers.Layer[], see: Parameters<typeof compileGradients>[1] = nobody): string[] {
  const { graph, kernelGradient } = compileGradients(middle, see);
  const ops = opsBehind(graph, kernelGradient, GRADIENTS);
  return ops.slice(1, ops.indexOf('Reshape')).reverse();
}

test.each([...MOVED, ...KEPT])('the order of gradients: $title', ({ middle, order }) => {
  expect(orderOf(middle())).toEqual(order);
});

test("the bias's gradient is summed over what was pooled", () => {
  const { graph, biasGradient } = compileGradients([conv('relu'), maxPool()], nobody);
  const node = graph.nodeOf(biasGradient as GraphTensor);
  expect([node.op, (graph.nodeOf(node.inputs[0] as GraphTensor) as BuiltNode).op]).toEqual(['BiasAddGrad', 'ReluGrad']);
});

test.each([
  ['after the pooling', [conv('relu'), maxPool()]],
  ['before the activation', [conv(), layers.reLU(), maxPool()]],
])('a gradient that somebody wants keeps its value: %s', (_, middle) => {
  expect(orderOf(middle, (_graph, gradient) => [gradient])).toEqual(['MaxPoolGrad', 'ReluGrad']);
});

test('a gradient that another node takes too keeps its value', () => {
  const alsoTake = (graph: GraphBuilder, gradient: GraphTensor) => {
    unary(graph, 'Neg', gradient);
    return [];
  };
  expect(orderOf([conv('relu'), maxPool()], alsoTake)).toEqual(['MaxPoolGrad', 'ReluGrad']);
});

nativeTest.each([...MOVED, ...KEPT])("gradients are tfjs's either way: $title", ({ middle }) => {
  expect(gradientDifference(aroundMaps(size, middle()), 3)).toBeLessThan(1e-5);
});
