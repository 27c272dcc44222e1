// The table of gradient rules, one for each TensorFlow op.

import { elu, leakyRelu, relu, sigmoid, softmax, tanh } from './activation-rules.js';
import { add, maximum, minimum, multiply, product, subtract } from './arithmetic-rules.js';
import { convolution } from './convolution-rule.js';
import { averagePool, batchNormalization, biasAdd, maxPool } from './pooling-and-norm-rules.js';
import type { GradientRule } from './rule.js';
import { concatenation, identity, mean, reshaping } from './shape-rules.js';

/** How each TensorFlow op that layers are made of is differentiated. */
export const GRADIENT_RULES: ReadonlyMap<string, GradientRule> = new Map(
  Object.entries({
    AddV2: add,
    AvgPool: averagePool,
    BiasAdd: biasAdd,
    ConcatV2: concatenation,
    Conv2D: convolution,
    Elu: elu,
    FusedBatchNormV3: batchNormalization,
    Identity: identity,
    LeakyRelu: leakyRelu,
    MatMul: product,
    MaxPool: maxPool,
    Maximum: maximum,
    Mean: mean,
    Minimum: minimum,
    Mul: multiply,
    Relu: relu,
    Reshape: reshaping,
    Sigmoid: sigmoid,
    Softmax: softmax,
    Sub: subtract,
    Tanh: tanh,
  }),
);
