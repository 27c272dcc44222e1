import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/tfjs/tensors.js';
import type { GraphTensor } from '../../../../src/engines/graph/build/graph-builder.js';
import { unary } from '../../../../src/engines/graph/build/ops.js';
import { addForward, openNetworkGraph } from '../../../../src/engines/graph/network-graph.js';
import { poolFirst } from '../../../../src/engines/graph/rewrites/pool-first.js';
import { aroundMaps, gradientDifference } from '../../../helpers/gradients.js';
import { nativeTest } from '../../../helpers/native.js';
import { conv, expectInOrder, leaky, maxPool, opsBehind, plainConv, size } from '../../../helpers/pooled-layers.js';

const { layers } = tf;

interface Case {
  title: string;
  middle: () => tf.layers.Layer[];
  /** a layer whose output somebody wants to see */
  wanted?: string;
  /** the ops after the convolution in the order in which they are computed */
  order: string[];
}

const MOVED: Case[] = [
  { title: 'sigmoid', middle: () => [conv('sigmoid'), maxPool()], order: ['MaxPool', 'BiasAdd', 'Sigmoid'] },
  { title: 'tanh', middle: () => [conv('tanh'), maxPool('same')], order: ['MaxPool', 'BiasAdd', 'Tanh'] },
  {
    title: 'two activations, one of which is not merged into the convolution',
    middle: () => [conv('sigmoid'), leaky(), maxPool()],
    order: ['MaxPool', 'BiasAdd', 'Sigmoid', 'LeakyRelu'],
  },
  {
    title: 'batch normalization before the activation: only the activation is passed',
    middle: () => [plainConv(), layers.batchNormalization(), layers.reLU(), maxPool()],
    order: ['FusedBatchNormV3', 'MaxPool', 'Relu'],
  },
  {
    title: 'a second pooling over what was pooled',
    middle: () => [conv('sigmoid'), maxPool(), layers.elu(), layers.maxPooling2d({ poolSize: 2, strides: 1 })],
    order: ['MaxPool', 'MaxPool', 'BiasAdd', 'Sigmoid', 'Elu'],
  },
];

const KEPT: Case[] = [
  {
    title: 'TensorFlow merges bias and relu into the convolution',
    middle: () => [conv('relu'), maxPool()],
    order: ['BiasAdd', 'Relu', 'MaxPool'],
  },
  {
    title: 'a global pooling over what is merged',
    middle: () => [conv(), leaky(), layers.globalMaxPooling2d({})],
    order: ['BiasAdd', 'LeakyRelu', 'MaxPool'],
  },
  {
    title: 'average pooling',
    middle: () => [conv('sigmoid'), layers.averagePooling2d({ poolSize: 2 })],
    order: ['BiasAdd', 'Sigmoid', 'AvgPool'],
  },
  {
    title: 'softmax, whose values depend on each other',
    middle: () => [conv('softmax'), maxPool()],
    order: ['BiasAdd', 'Softmax', 'MaxPool'],
  },
  {
    title: 'a leaky relu that decreases',
    middle: () => [conv('tanh'), leaky(-0.3), maxPool()],
    order: ['BiasAdd', 'Tanh', 'LeakyRelu', 'MaxPool'],
  },
  {
    title: 'batch normalization between',
    middle: () => [plainConv(), layers.batchNormalization(), maxPool()],
    order: ['FusedBatchNormV3', 'MaxPool'],
  },
  {
    title: 'rescaling between, which may turn the order round',
    middle: () => [conv('tanh'), layers.rescaling({ scale: -1 }), maxPool()],
    order: ['BiasAdd', 'Tanh', 'Mul', 'AddV2', 'MaxPool'],
  },
  {
    title: 'the activation is wanted',
    middle: () => [conv('tanh'), maxPool()],
    wanted: 'conv',
    order: ['BiasAdd', 'Tanh', 'MaxPool'],
  },
  {
    title: 'the pooling is wanted: a tensor that somebody has keeps its value',
    middle: () => [conv('tanh'), maxPool()],
    wanted: 'pool',
    order: ['BiasAdd', 'Tanh', 'MaxPool'],
  },
];

function orderOf({ middle, wanted }: Case): string[] {
  const network = openNetworkGraph(tf.sequential({ layers: aroundMaps(size, middle()) }));
  const { output, layerOutputs } = addForward(network, true);
  poolFirst(network.graph, wanted === undefined ? [] : [layerOutputs.get(wanted) as GraphTensor]);
  expectInOrder(network.graph);
  const ops = opsBehind(network.graph, output);
  return ops.slice(ops.indexOf('Reshape') + 1, ops.indexOf('Conv2D')).reverse();
}

test.each(MOVED)('pooling comes first: $title', (moved) => {
  expect(orderOf(moved)).toEqual(moved.order);
});

test.each(KEPT)("stays in Keras's order: $title", (kept) => {
  expect(orderOf(kept)).toEqual(kept.order);
});

test('dropout between keeps the order', () => {
  const middle = () => [conv('tanh'), layers.dropout({ rate: 0.5 }), maxPool()];
  expect(orderOf({ title: '', middle, order: [] })).toEqual(['BiasAdd', 'Tanh', 'Mul', 'MaxPool']);
});

test('an activation that another node takes too is not passed', () => {
  const layers = aroundMaps(size, [conv('sigmoid'), maxPool()]);
  const { graph, ...network } = openNetworkGraph(tf.sequential({ layers }));
  const { layerOutputs } = addForward({ graph, ...network }, true);
  unary(graph, 'Neg', layerOutputs.get('conv') as GraphTensor);
  poolFirst(graph, []);
  const ops = opsBehind(graph, layerOutputs.get('pool') as GraphTensor);
  expect(ops.slice(0, 4)).toEqual(['MaxPool', 'Sigmoid', 'BiasAdd', 'Conv2D']);
});

nativeTest.each([...MOVED, ...KEPT])("gradients are tfjs's either way: $title", ({ middle }) => {
  expect(gradientDifference(aroundMaps(size, middle()), 3)).toBeLessThan(1e-5);
});
