// The table of gradient rules, one for each TensorFlow op.

import {
  elu,
  erf,
  leakyRelu,
  logSoftmax,
  relu,
  relu6,
  selu,
  sigmoid,
  softmax,
  softplus,
  softsign,
  tanh,
} from './activation-rules.js';
import { add, divide, maximum, minimum, multiply, power, product, subtract } from './arithmetic-rules.js';
import { convolution, depthwiseConvolution, transposedConvolution } from './convolution-rule.js';
import {
  absolute,
  conversion,
  exponential,
  logarithm,
  negative,
  reciprocalRoot,
  select,
  square,
  squareRoot,
} from './elementary-rules.js';
import { averagePool, batchNormalization, biasAdd, maxPool } from './pooling-and-norm-rules.js';
import type { GradientRule } from './rule.js';
import { concatenation, extreme, identity, mean, reshaping, total } from './shape-rules.js';
import { bilinear, nearest, padded, sliced, strided, transposed } from './window-rules.js';

/** How each TensorFlow op that layers are made of is differentiated. */
export const GRADIENT_RULES: ReadonlyMap<string, GradientRule> = new Map(
  Object.entries({
    Abs: absolute,
    AddV2: add,
    AvgPool: averagePool,
    BiasAdd: biasAdd,
    Cast: conversion,
    ConcatV2: concatenation,
    Conv2D: convolution,
    Conv2DBackpropInput: transposedConvolution,
    DepthwiseConv2dNative: depthwiseConvolution,
    Elu: elu,
    Erf: erf,
    Exp: exponential,
    FusedBatchNormV3: batchNormalization,
    Identity: identity,
    LeakyRelu: leakyRelu,
    Log: logarithm,
    LogSoftmax: logSoftmax,
    MatMul: product,
    Max: extreme,
    MaxPool: maxPool,
    Maximum: maximum,
    Mean: mean,
    Min: extreme,
    Minimum: minimum,
    Mul: multiply,
    Neg: negative,
    Pad: padded,
    Pow: power,
    RealDiv: divide,
    Relu: relu,
    Relu6: relu6,
    Reshape: reshaping,
    ResizeBilinear: bilinear,
    ResizeNearestNeighbor: nearest,
    Rsqrt: reciprocalRoot,
    SelectV2: select,
    Selu: selu,
    Sigmoid: sigmoid,
    Slice: sliced,
    Softmax: softmax,
    Softplus: softplus,
    Softsign: softsign,
    Sqrt: squareRoot,
    Square: square,
    StridedSlice: strided,
    Sub: subtract,
    Sum: total,
    Tanh: tanh,
    Transpose: transposed,
  }),
);
