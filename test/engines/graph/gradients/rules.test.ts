import { expect, test } from 'vitest';
import type { Attribute } from '../../../../src/backend/native/saved-model.js';
import { encodeSavedModel } from '../../../../src/backend/native/saved-model.js';
import { GraphSession } from '../../../../src/backend/native/session.js';
import { createRandom } from '../../../../src/base/random.js';
import { fetchArrays } from '../../../../src/engines/graph/build/fetch-arrays.js';
import { GraphBuilder, type GraphTensor } from '../../../../src/engines/graph/build/graph-builder.js';
import { binary, cast, compare, pad, reduce, reshape, slice, unary } from '../../../../src/engines/graph/build/ops.js';
import { addGradients } from '../../../../src/engines/graph/gradients/add-gradients.js';
import { GRADIENT_RULES } from '../../../../src/engines/graph/gradients/rules.js';
import { uniform } from '../../../helpers/gradients.js';
import { nativeTest } from '../../../helpers/native.js';

// The oracle: the slope between two points close to each other.

interface Case {
  op: string;
  title?: string;
  /** of the inputs that are differentiated for */
  shapes: number[][];
  attributes?: Record<string, Attribute>;
  /** default: the op with the inputs and attributes */
  build?: (graph: GraphBuilder, ...inputs: GraphTensor[]) => GraphTensor;
}

const T = { T: { type: 'float' } } as const;
const NHWC = { data_format: { string: 'NHWC' } } as const;
const WINDOW = { ...T, ...NHWC, ksize: { ints: [1, 2, 2, 1] }, strides: { ints: [1, 2, 1, 1] } };
const MAP = [2, 4, 5, 2];

const batchNormalization =
  (training: boolean) =>
  (graph: GraphBuilder, ...[x, scale, offset]: GraphTensor[]) => {
    const statistics = [0.3, 1.7].map((value) => {
      const filled = graph.add(
        'Fill',
        [graph.integers([2]), graph.scalar(value)],
        { ...T, index_type: { type: 'int32' } },
        { type: 'float' },
      );
      return training ? graph.emptyVector() : filled;
    });
    return graph.add('FusedBatchNormV3', [x, scale, offset, ...statistics] as GraphTensor[], {
      ...{ ...T, ...NHWC, U: { type: 'float' }, epsilon: { float: 1e-3 } },
      ...{ is_training: { bool: training }, exponential_avg_factor: { float: 1 } },
    });
  };

const elementwise = ['AddV2', 'Maximum', 'Minimum', 'Mul', 'Sub'];
const activations = ['Abs', 'Elu', 'Erf', 'Exp', 'Identity', 'LogSoftmax', 'Neg', 'Relu', 'Selu', 'Sigmoid', 'Softmax'];
activations.push('Softplus', 'Softsign', 'Square', 'Tanh');

/** Values that are all above 0. */
const raised = (graph: GraphBuilder, x: GraphTensor) => binary(graph, 'AddV2', x, graph.scalar(2));
const CONVOLUTION = { ...T, ...NHWC, strides: { ints: [1, 2, 2, 1] }, dilations: { ints: [1, 1, 1, 1] } } as const;
const SAMPLED = { ...T, align_corners: { bool: false }, half_pixel_centers: { bool: true } };

const CASES: Case[] = [
  ...activations.map((op) => ({ op, shapes: [[3, 4]] })),
  ...[0.3, 0, -0.5].map((alpha) => ({
    ...{ op: 'LeakyRelu', title: `alpha ${alpha}`, shapes: [[3, 4]], attributes: { ...T, alpha: { float: alpha } } },
  })),
  ...elementwise.flatMap(
    (op) =>
      [
        { op, shapes: [MAP, MAP] },
        { op, title: 'the second is stretched', shapes: [MAP, [2, 1, 1, 2]] },
        { op, title: 'the first is stretched', shapes: [[2, 1, 5, 1], MAP] },
        {
          op,
          title: 'both are stretched',
          shapes: [
            [2, 4, 1, 2],
            [1, 5, 1],
          ],
        },
        {
          ...{ op, title: 'by a number', shapes: [MAP] },
          build: (graph: GraphBuilder, x: GraphTensor) => graph.add(op, [x, graph.scalar(0.31)], T),
        },
      ] as Case[],
  ),
  { op: 'BiasAdd', shapes: [MAP, [2]], attributes: { ...T, ...NHWC } },
  ...['VALID', 'SAME'].flatMap((padding) => [
    {
      ...{ op: 'Conv2D', title: padding, shapes: [MAP, [3, 2, 2, 3]] },
      attributes: {
        ...{ ...T, ...NHWC, strides: { ints: [1, 2, 2, 1] }, dilations: { ints: [1, 1, 1, 1] } },
        padding: { string: padding },
      },
    },
    { op: 'MaxPool', title: padding, shapes: [MAP], attributes: { ...WINDOW, padding: { string: padding } } },
    { op: 'AvgPool', title: padding, shapes: [MAP], attributes: { ...WINDOW, padding: { string: padding } } },
  ]),
  ...(['Log', 'Rsqrt', 'Sqrt'] as const).map(
    (op): Case => ({ op, shapes: [[3, 4]], build: (graph, x) => unary(graph, op, raised(graph, x)) }),
  ),
  {
    ...{ op: 'Relu6', shapes: [[3, 4]] },
    build: (graph, x) => unary(graph, 'Relu6', binary(graph, 'Mul', x, graph.scalar(8))),
  },
  {
    ...{ op: 'Pow', shapes: [MAP] },
    build: (graph, x) => binary(graph, 'Pow', raised(graph, x), graph.scalar(1.5)),
  },
  ...[
    [MAP, MAP],
    [MAP, [2, 1, 1, 2]],
    [[2, 1, 5, 1], MAP],
  ].map(
    (shapes, index): Case => ({
      ...{ op: 'RealDiv', title: ['', 'the second is stretched', 'the first is stretched'][index] as string, shapes },
      build: (graph, a, b) => binary(graph, 'RealDiv', a as GraphTensor, raised(graph, b as GraphTensor)),
    }),
  ),
  ...(['Max', 'Min', 'Sum'] as const).flatMap((op): Case[] => [
    { op, shapes: [MAP], build: (graph, x) => reduce(graph, op, x, [1, 2]) },
    { op, title: 'axes kept', shapes: [MAP], build: (graph, x) => reduce(graph, op, x, [3], true) },
  ]),
  {
    ...{ op: 'Pad', shapes: [MAP] },
    build: (graph, x) =>
      pad(graph, x, [
        [0, 0],
        [1, 2],
        [0, 3],
        [1, 0],
      ]),
  },
  { op: 'Slice', shapes: [MAP], build: (graph, x) => slice(graph, x, [0, 1, 2, 0], [-1, 2, -1, 1]) },
  {
    ...{ op: 'StridedSlice', shapes: [MAP] },
    build(graph, x) {
      const bounds = [
        [0, 3, 1, 0],
        [0, -9, 5, 2],
        [1, -2, 3, 1],
      ].map((each) => graph.integers(each));
      const masks = { begin_mask: { int: 1 }, end_mask: { int: 3 }, ellipsis_mask: { int: 0 } };
      const others = { new_axis_mask: { int: 0 }, shrink_axis_mask: { int: 0 } };
      return graph.add('StridedSlice', [x, ...bounds], { ...T, Index: { type: 'int32' }, ...masks, ...others });
    },
  },
  {
    ...{ op: 'Transpose', shapes: [MAP] },
    build: (graph, x) => graph.add('Transpose', [x, graph.integers([0, 3, 1, 2])], { ...T, Tperm: { type: 'int32' } }),
  },
  ...['ResizeBilinear', 'ResizeNearestNeighbor'].flatMap((op) =>
    [
      [3, 9],
      [7, 2],
    ].map(
      (size): Case => ({
        ...{ op, title: `to ${size}`, shapes: [MAP] },
        build: (graph, x) => graph.add(op, [x, graph.integers(size)], SAMPLED),
      }),
    ),
  ),
  ...['VALID', 'SAME'].flatMap((padding): Case[] => [
    {
      ...{ op: 'DepthwiseConv2dNative', title: padding, shapes: [MAP, [3, 2, 2, 2]] },
      attributes: { ...CONVOLUTION, padding: { string: padding } },
    },
    {
      ...{
        op: 'Conv2DBackpropInput',
        title: padding,
        shapes: [
          [3, 2, 3, 2],
          [2, 2, 3, 2],
        ],
      },
      build: (graph, kernel, x) => {
        const size = graph.integers([2, ...(padding === 'SAME' ? [4, 6] : [5, 6]), 3]);
        const inputs = [size, kernel, x] as GraphTensor[];
        return graph.add(
          'Conv2DBackpropInput',
          inputs,
          { ...CONVOLUTION, padding: { string: padding } },
          { type: 'float' },
        );
      },
    },
  ]),
  {
    ...{ op: 'SelectV2', shapes: [MAP, MAP] },
    build(graph, a, b) {
      const isLarge = compare(graph, 'Greater', a as GraphTensor, graph.scalar(0.2));
      return graph.add('SelectV2', [isLarge, a as GraphTensor, b as GraphTensor], T, { type: 'float' });
    },
  },
  {
    ...{
      op: 'MatMul',
      shapes: [
        [3, 4],
        [4, 2],
      ],
    },
    attributes: { ...T, transpose_a: { bool: false }, transpose_b: { bool: false } },
  },
  {
    ...{
      op: 'BatchMatMulV2',
      shapes: [
        [2, 3, 4],
        [2, 5, 4],
      ],
    },
    attributes: { ...T, adj_x: { bool: false }, adj_y: { bool: true } },
  },
  { op: 'Cast', shapes: [MAP], build: (graph, x) => cast(graph, cast(graph, x as GraphTensor, 'double'), 'float') },
  { op: 'Reshape', shapes: [MAP], build: (graph, x) => reshape(graph, x, graph.integers([-1, 40])) },
  { op: 'Mean', shapes: [MAP], build: (graph, x) => reduce(graph, 'Mean', x, [1, 2]) },
  { op: 'Mean', title: 'axes in any order', shapes: [MAP], build: (graph, x) => reduce(graph, 'Mean', x, [3, 1]) },
  { op: 'Mean', title: 'axes kept', shapes: [MAP], build: (graph, x) => reduce(graph, 'Mean', x, [1, -1], true) },
  {
    ...{
      op: 'ConcatV2',
      shapes: [
        [2, 3, 2],
        [2, 1, 2],
        [2, 4, 2],
      ],
    },
    build: (graph, ...inputs) =>
      graph.add('ConcatV2', [...inputs, graph.integer(1)], { ...T, Tidx: { type: 'int32' }, N: { int: 3 } }),
  },
  { op: 'FusedBatchNormV3', title: 'by the batch', shapes: [MAP, [2], [2]], build: batchNormalization(true) },
  { op: 'FusedBatchNormV3', title: 'by averages', shapes: [MAP, [2], [2]], build: batchNormalization(false) },
];

/** It takes several processes: batch normalization of several workers is compared with that of one (test/commands/train). */
const ofWorkers = 'CollectiveReduceV2';

test('every rule is checked', () => {
  const rules = [...GRADIENT_RULES.keys()].filter((op) => op !== ofWorkers);
  expect([...new Set(CASES.map(({ op }) => op))].sort()).toEqual(rules.sort());
});

/** Values in -1..1 in a random order; no two are within 1/400 of each other, of 0 or of another seed's: slopes step there. */
function spread(shape: readonly number[], seed: number): Float32Array {
  const length = shape.reduce((product, size) => product * size, 1);
  const random = createRandom(seed, 'sample');
  const places = Array.from({ length }, (_, index) => ({ index, key: random() })).sort((a, b) => a.key - b.key);
  return Float32Array.from(places, ({ index }) => Math.floor((index * 256) / length) / 128 - 1 + seed / 384);
}

type Fetched = ReturnType<typeof fetchArrays>[number];

function compile({ op, shapes, attributes = T, build }: Case) {
  const graph = new GraphBuilder();
  const inputs = shapes.map((shape, index) => graph.placeholder(`x${index}`, shape));
  const output = build ? build(graph, ...inputs) : graph.add(op, inputs, attributes);
  expect(graph.nodeOf(output).op).toBe(op);
  const weights = graph.add('Placeholder', [], { dtype: { type: 'float' } }, { name: 'weights' }); // of any shape;
  const gradients = addGradients(graph, { tensor: output, gradient: weights }, inputs);
  // what is fed cannot be fetched, and a gradient may be the one that it starts with
  const wanted = inputs.map(({ name }) => unary(graph, 'Identity', gradients.get(name) as GraphTensor));
  const session = GraphSession.load(encodeSavedModel(graph.nodes));
  const feed = (values: readonly Float32Array[]) =>
    inputs.map((to, index) => ({ to, values: values[index] as Float32Array, shape: shapes[index] as number[] }));
  const run = (values: readonly Float32Array[]) => fetchArrays(session, feed(values), [output])[0] as Fetched;
  const differentiate = (values: readonly Float32Array[], counts: Float32Array, shape: number[]) =>
    fetchArrays(session, [...feed(values), { to: weights, values: counts, shape }], wanted);
  return { run, differentiate, dispose: () => session.dispose() };
}

const STEP = 1 / 1024;

nativeTest.each(CASES.map((each) => [each.op, each.title ?? '', each] as const))(
  'the gradient of %s is the slope: %s',
  (_op, _title, each) => {
    const { run, differentiate, dispose } = compile(each);
    const values = each.shapes.map((shape, index) => spread(shape, index + 1));
    const { shape, values: first } = run(values);
    const counts = uniform(first.length, 9);
    const score = (at: readonly Float32Array[]) =>
      run(at).values.reduce((sum, value, index) => sum + value * (counts[index] as number), 0);
    const gradients = differentiate(values, counts, shape);
    for (const [index, { values: gradient, shape: own }] of gradients.entries()) {
      expect(own).toEqual(each.shapes[index]);
      const slopes = gradient.map((_, place) => {
        const moved = (by: number) =>
          values.map((array, at) => (at === index ? array.with(place, (array[place] as number) + by) : array));
        return (score(moved(STEP)) - score(moved(-STEP))) / (2 * STEP);
      });
      for (const [place, slope] of slopes.entries()) expect(gradient[place]).toBeCloseTo(slope, 2);
      expect(Math.max(...gradient.map(Math.abs))).toBeGreaterThan(0.02);
    }
    dispose();
  },
);
