// Pillow's resize as nodes, byte for byte as dataset/decode/resample.ts has it: in double precision, where all its sums are exact.

import type { Preprocessing } from '../../../dataset/decode/preprocessing.js';
import type { GraphBuilder, GraphTensor } from '../../../engines/graph/build/graph-builder.js';
import { binary, cast, compare, reduce, reshape, shapeOf, unary } from '../../../engines/graph/build/ops.js';

const INT = { type: 'int32' } as const;
const DOUBLE = { type: 'double' } as const;
/** Pillow's fixed point. */
const UNIT = 2 ** 22;

/** @param image [height, width, 3], bytes @returns [height, width, 3] of the preprocessing, floats of whole numbers in 0..255 */
export function addResize(graph: GraphBuilder, image: GraphTensor, preprocessing: Preprocessing): GraphTensor {
  const { height, width, interpolation } = preprocessing;
  const size = shapeOf(graph, image);
  const [rows, columns] = [0, 1].map((axis) => cast(graph, sizeAt(graph, size, axis), 'double')) as [
    GraphTensor,
    GraphTensor,
  ];
  if (interpolation === 'nearest') {
    const across = gather(graph, image, nearestIndexes(graph, columns, width), 1);
    return cast(graph, gather(graph, across, nearestIndexes(graph, rows, height), 0), 'float');
  }
  const weight = interpolation === 'bilinear' ? triangle : lanczos3;
  const standing = swap(graph, cast(graph, image, 'double')); // [own width, own height, 3]
  const across = resample(graph, standing, windows(graph, columns, width, weight));
  return cast(graph, resample(graph, swap(graph, across), windows(graph, rows, height, weight)), 'float');
}

function sizeAt(graph: GraphBuilder, size: GraphTensor, axis: number): GraphTensor {
  return graph.add('GatherV2', [size, graph.integer(axis), graph.integer(0)], {
    ...{ Tparams: INT, Tindices: INT, Taxis: INT },
    batch_dims: { int: 0 },
  });
}

/** The place is accumulated, as Pillow does. */
function nearestIndexes(graph: GraphBuilder, own: GraphTensor, length: number): GraphTensor {
  const scale = binary(graph, 'RealDiv', own, graph.doubleScalar(length));
  const shares = Float64Array.from({ length }, (_, index) => (index === 0 ? 0.5 : 1));
  const steps = binary(graph, 'Mul', doubles(graph, [length], shares), scale);
  const places = graph.add('Cumsum', [steps, graph.integer(0)], {
    ...{ exclusive: { bool: false }, reverse: { bool: false } },
    ...{ T: DOUBLE, Tidx: INT },
  });
  return cast(graph, places, 'int32');
}

function gather(graph: GraphBuilder, image: GraphTensor, indexes: GraphTensor, axis: number): GraphTensor {
  return graph.add('GatherV2', [image, indexes, graph.integer(axis)], {
    ...{ Tparams: { type: 'uint8' }, Tindices: INT, Taxis: INT },
    batch_dims: { int: 0 },
  });
}

/** A kernel's weight at distances in units of the coarser grid. */
type Weight = (graph: GraphBuilder, distances: GraphTensor) => GraphTensor;

const triangle: Weight = (graph, distances) => {
  const far = binary(graph, 'Sub', graph.doubleScalar(1), unary(graph, 'Abs', distances));
  return binary(graph, 'Maximum', far, graph.doubleScalar(0));
};

const lanczos3: Weight = (graph, distances) => {
  const third = binary(graph, 'RealDiv', distances, graph.doubleScalar(3));
  const weights = binary(graph, 'Mul', sinc(graph, distances), sinc(graph, third));
  const isNear = compare(graph, 'Greater', graph.doubleScalar(3), unary(graph, 'Abs', distances));
  return binary(graph, 'Mul', weights, cast(graph, isNear, 'double'));
};

function sinc(graph: GraphBuilder, x: GraphTensor): GraphTensor {
  const angle = binary(graph, 'Mul', x, graph.doubleScalar(Math.PI));
  const isZero = compare(graph, 'Equal', angle, graph.doubleScalar(0));
  const divisor = binary(graph, 'AddV2', angle, cast(graph, isZero, 'double'));
  const ratio = binary(graph, 'RealDiv', graph.add('Sin', [angle], { T: DOUBLE }), divisor);
  return binary(graph, 'AddV2', ratio, cast(graph, isZero, 'double'));
}

/** [length, own]: how much each value counts for each new one, in units of the fixed point. */
function windows(graph: GraphBuilder, own: GraphTensor, length: number, weight: Weight): GraphTensor {
  const scale = binary(graph, 'RealDiv', own, graph.doubleScalar(length));
  const middles = Float64Array.from({ length }, (_, index) => index + 0.5);
  const centers = binary(graph, 'Mul', doubles(graph, [length, 1], middles), scale);
  const range = [graph.doubleScalar(0), own, graph.doubleScalar(1)];
  const places = graph.add('Range', range, { Tidx: DOUBLE }); // [own]
  const offsets = binary(graph, 'AddV2', binary(graph, 'Sub', places, centers), graph.doubleScalar(0.5));
  const coarser = binary(graph, 'Maximum', scale, graph.doubleScalar(1));
  const inverse = binary(graph, 'RealDiv', graph.doubleScalar(1), coarser);
  const weights = weight(graph, binary(graph, 'Mul', offsets, inverse));
  const shares = binary(graph, 'RealDiv', weights, reduce(graph, 'Sum', weights, [1], true));
  const scaled = binary(graph, 'Mul', shares, graph.doubleScalar(UNIT));
  const size = floor(graph, binary(graph, 'AddV2', unary(graph, 'Abs', scaled), graph.doubleScalar(0.5)));
  return binary(graph, 'Mul', unary(graph, 'Sign', scaled), size);
}

/** Along the first axis. @returns whole numbers in 0..255 */
function resample(graph: GraphBuilder, image: GraphTensor, weights: GraphTensor): GraphTensor {
  const size = shapeOf(graph, image);
  const [first, second] = [0, 1].map((axis) => sizeAt(graph, size, axis)) as [GraphTensor, GraphTensor];
  const flat = reshape(graph, image, pack(graph, [first, graph.integer(-1)]));
  const attributes = { T: DOUBLE, transpose_a: { bool: false }, transpose_b: { bool: false } } as const;
  const sums = graph.add('MatMul', [weights, flat], attributes);
  const rounded = binary(graph, 'AddV2', sums, graph.doubleScalar(UNIT / 2));
  const whole = floor(graph, binary(graph, 'Mul', rounded, graph.doubleScalar(1 / UNIT)));
  const bytes = binary(
    graph,
    'Minimum',
    binary(graph, 'Maximum', whole, graph.doubleScalar(0)),
    graph.doubleScalar(255),
  );
  return reshape(graph, bytes, pack(graph, [graph.integer(-1), second, graph.integer(3)]));
}

/** Exchanges height and width. */
function swap(graph: GraphBuilder, image: GraphTensor): GraphTensor {
  return graph.add('Transpose', [image, graph.integers([1, 0, 2])], { T: DOUBLE, Tperm: INT });
}

function pack(graph: GraphBuilder, sizes: readonly GraphTensor[]): GraphTensor {
  return graph.add('Pack', sizes, { T: INT, N: { int: sizes.length }, axis: { int: 0 } });
}

function floor(graph: GraphBuilder, x: GraphTensor): GraphTensor {
  return graph.add('Floor', [x], { T: { type: x.type } });
}

function doubles(graph: GraphBuilder, shape: readonly number[], values: Float64Array): GraphTensor {
  return graph.add('Const', [], { dtype: DOUBLE, value: { tensor: { shape, values } } }, { type: 'double' });
}
