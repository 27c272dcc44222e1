import type { DataType } from '../../../backend/native/saved-model.js';
import type { GraphBuilder, GraphTensor } from './graph-builder.js';

// TensorFlow's general ops, as functions. Ops that only one kind of layer needs are in that layer's file.

export type UnaryOp =
  | 'Abs'
  | 'Elu'
  | 'Erf'
  | 'Exp'
  | 'Identity'
  | 'Log'
  | 'Log1p'
  | 'LogSoftmax'
  | 'Neg'
  | 'Relu'
  | 'Relu6'
  | 'Rsqrt'
  | 'Selu'
  | 'Sigmoid'
  | 'Sign'
  | 'Softmax'
  | 'Softplus'
  | 'Softsign'
  | 'Sqrt'
  | 'Square'
  | 'Tanh';
export type BinaryOp = 'AddV2' | 'FloorDiv' | 'Maximum' | 'Minimum' | 'Mul' | 'Pow' | 'RealDiv' | 'Sub';
type SlopeOp =
  | 'EluGrad'
  | 'Relu6Grad'
  | 'ReluGrad'
  | 'RsqrtGrad'
  | 'SeluGrad'
  | 'SigmoidGrad'
  | 'SoftplusGrad'
  | 'SoftsignGrad'
  | 'SqrtGrad'
  | 'TanhGrad';
type Comparison = 'Equal' | 'Greater' | 'GreaterEqual';
export type Reduction = 'Max' | 'Mean' | 'Min' | 'Sum';

export function unary(graph: GraphBuilder, op: UnaryOp, x: GraphTensor): GraphTensor {
  return graph.add(op, [x], { T: { type: x.type } });
}

/** Element by element, with broadcasting (except in the *Grad ops). */
export function binary(graph: GraphBuilder, op: BinaryOp | SlopeOp, a: GraphTensor, b: GraphTensor): GraphTensor {
  return graph.add(op, [a, b], { T: { type: a.type } });
}

export function compare(graph: GraphBuilder, op: Comparison, a: GraphTensor, b: GraphTensor): GraphTensor {
  return graph.add(op, [a, b], { T: { type: a.type } }, { type: 'bool' });
}

export function cast(graph: GraphBuilder, x: GraphTensor, type: DataType): GraphTensor {
  return graph.add('Cast', [x], { SrcT: { type: x.type }, DstT: { type } }, { type });
}

/** The same values in another element type, if they are not already. */
export function castTo(graph: GraphBuilder, x: GraphTensor, type: DataType): GraphTensor {
  return x.type === type ? x : cast(graph, x, type);
}

/** The same memory as another type: a last axis of as many small elements as one large one takes becomes that, and back. */
export function bitcast(graph: GraphBuilder, x: GraphTensor, type: DataType): GraphTensor {
  return graph.add('Bitcast', [x], { T: { type: x.type }, type: { type } }, { type });
}

export function reduce(
  graph: GraphBuilder,
  op: Reduction,
  x: GraphTensor,
  axes: readonly number[],
  keepDims = false,
): GraphTensor {
  return graph.add(op, [x, graph.integers(axes)], {
    T: { type: x.type },
    Tidx: { type: 'int32' },
    keep_dims: { bool: keepDims },
  });
}

/** The sizes of a tensor at run time, int32. */
export function shapeOf(graph: GraphBuilder, x: GraphTensor): GraphTensor {
  return graph.add('Shape', [x], { T: { type: x.type }, out_type: { type: 'int32' } }, { type: 'int32' });
}

/** The number of elements at run time, int32. */
export function elementCount(graph: GraphBuilder, x: GraphTensor): GraphTensor {
  return graph.add('Size', [x], { T: { type: x.type }, out_type: { type: 'int32' } }, { type: 'int32' });
}

/** The number of elements at run time, as a float. */
export function sizeOf(graph: GraphBuilder, x: GraphTensor): GraphTensor {
  return cast(graph, elementCount(graph, x), 'float');
}

export function reshape(graph: GraphBuilder, x: GraphTensor, shape: GraphTensor): GraphTensor {
  return graph.add('Reshape', [x, shape], { T: { type: x.type }, Tshape: { type: 'int32' } });
}

export function matMul(
  graph: GraphBuilder,
  a: GraphTensor,
  b: GraphTensor,
  transpose: { a?: boolean; b?: boolean } = {},
): GraphTensor {
  return graph.add('MatMul', [a, b], {
    T: { type: 'float' },
    transpose_a: { bool: transpose.a ?? false },
    transpose_b: { bool: transpose.b ?? false },
  });
}

/** The product of each pair of matrices: [batch, ...] of both. */
export function batchMatMul(
  graph: GraphBuilder,
  a: GraphTensor,
  b: GraphTensor,
  transpose: { a?: boolean; b?: boolean } = {},
): GraphTensor {
  return graph.add('BatchMatMulV2', [a, b], {
    T: { type: 'float' },
    adj_x: { bool: transpose.a ?? false },
    adj_y: { bool: transpose.b ?? false },
  });
}

/** x where x > 0, else slope * x */
export function leakyRelu(graph: GraphBuilder, x: GraphTensor, slope: number): GraphTensor {
  return graph.add('LeakyRelu', [x], { T: { type: x.type }, alpha: { float: slope } });
}

/** The inputs beside each other along an axis. */
export function concatenate(graph: GraphBuilder, inputs: readonly GraphTensor[], axis: number): GraphTensor {
  return graph.add('ConcatV2', [...inputs, graph.integer(axis)], {
    T: { type: inputs[0]?.type ?? 'float' },
    Tidx: { type: 'int32' },
    N: { int: inputs.length },
  });
}

/** Zeros before and after along each axis. */
export function pad(graph: GraphBuilder, x: GraphTensor, edges: readonly (readonly [number, number])[]): GraphTensor {
  const paddings = graph.integers(edges.flat(), [edges.length, 2]);
  return graph.add('Pad', [x, paddings], { T: { type: x.type }, Tpaddings: { type: 'int32' } });
}

/** A part of a tensor; a size of -1 is all that is left. */
export function slice(
  graph: GraphBuilder,
  x: GraphTensor,
  begin: readonly number[],
  size: readonly number[],
): GraphTensor {
  const inputs = [x, graph.integers(begin), graph.integers(size)];
  return graph.add('Slice', inputs, { T: { type: x.type }, Index: { type: 'int32' } });
}
