// The kinds of activations, by tfjs's names, which a layer's configuration has.

import { readActivationName } from '../../contract/activation-name.js';
import type { GraphBuilder, GraphTensor } from '../build/graph-builder.js';
import type { LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { binary, castTo, compare, leakyRelu, unary } from '../build/ops.js';
import { UnsupportedByGraph } from '../build/unsupported.js';
import { select, setActivation } from './set-activations.js';

type Activation = (graph: GraphBuilder, input: GraphTensor) => GraphTensor;

const multiply: (graph: GraphBuilder, a: GraphTensor, b: GraphTensor) => GraphTensor = (graph, a, b) =>
  binary(graph, 'Mul', a, b);

/** min(max(x + 3, 0), 6) / 6: Keras 3's */
const hardSigmoid: Activation = (graph, x) =>
  multiply(graph, unary(graph, 'Relu6', binary(graph, 'AddV2', x, graph.scalar(3))), graph.scalar(1 / 6));

/** Up to which distance from 0 a shrinking activation gives 0. */
const SHRINKING = 0.5;

const clip = (graph: GraphBuilder, x: GraphTensor, most: number) =>
  binary(graph, 'Minimum', binary(graph, 'Maximum', x, graph.scalar(-most)), graph.scalar(most));

const ACTIVATIONS: Record<string, Activation> = {
  linear: (_, x) => x,
  /** max(x, 0) */
  relu: (graph, x) => unary(graph, 'Relu', x),
  /** min(max(x, 0), 6) */
  relu6: (graph, x) => unary(graph, 'Relu6', x),
  /** 1 / (1 + exp(-x)) */
  sigmoid: (graph, x) => unary(graph, 'Sigmoid', x),
  /** exp(x) / sum(exp(x)) over the last axis */
  softmax: (graph, x) => unary(graph, 'Softmax', x),
  /** its logarithm */
  logSoftmax: (graph, x) => unary(graph, 'LogSoftmax', x),
  tanh: (graph, x) => unary(graph, 'Tanh', x),
  /** x where x > 0, else exp(x) - 1: the exponential linear unit with alpha 1 (Clevert et al., 2016) */
  elu: (graph, x) => unary(graph, 'Elu', x),
  /** the same, scaled so that mean and variance stay (Klambauer et al., 2017) */
  selu: (graph, x) => unary(graph, 'Selu', x),
  /** log(1 + exp(x)) */
  softplus: (graph, x) => unary(graph, 'Softplus', x),
  /** x / (1 + |x|) */
  softsign: (graph, x) => unary(graph, 'Softsign', x),
  /** x sigmoid(x), called silu as well */
  swish: (graph, x) => multiply(graph, x, unary(graph, 'Sigmoid', x)),
  /** x tanh(softplus(x)) */
  mish: (graph, x) => multiply(graph, x, unary(graph, 'Tanh', unary(graph, 'Softplus', x))),
  /** x times the normal distribution up to x */
  gelu(graph, x) {
    const twice = binary(
      graph,
      'AddV2',
      unary(graph, 'Erf', multiply(graph, x, graph.scalar(Math.SQRT1_2))),
      graph.scalar(1),
    );
    return multiply(graph, multiply(graph, x, graph.scalar(0.5)), twice);
  },
  kerasGeluApproximate(graph, x) {
    const cube = multiply(graph, x, unary(graph, 'Square', x));
    const inner = binary(graph, 'AddV2', x, multiply(graph, cube, graph.scalar(0.044715)));
    const tanh = unary(graph, 'Tanh', multiply(graph, inner, graph.scalar(Math.sqrt(2 / Math.PI))));
    const twice = binary(graph, 'AddV2', tanh, graph.scalar(1));
    return multiply(graph, multiply(graph, x, graph.scalar(0.5)), twice);
  },
  /** min(max(0.2 x + 0.5, 0), 1): Keras 2's */
  hardSigmoid(graph, x) {
    const line = binary(graph, 'AddV2', multiply(graph, x, graph.scalar(0.2)), graph.scalar(0.5));
    return binary(graph, 'Minimum', unary(graph, 'Relu', line), graph.scalar(1));
  },
  kerasHardShrink(graph, x) {
    const isKept = compare(graph, 'Greater', unary(graph, 'Abs', x), graph.scalar(SHRINKING));
    return select(graph, isKept, x, multiply(graph, x, graph.scalar(0)));
  },
  kerasHardSigmoid: hardSigmoid,
  kerasHardSilu: (graph, x) => multiply(graph, x, hardSigmoid(graph, x)),
  kerasExponential: (graph, x) => unary(graph, 'Exp', x),
  kerasHardTanh: (graph, x) => clip(graph, x, 1),
  kerasLeakyRelu: (graph, x) => leakyRelu(graph, x, 0.2),
  kerasLogSigmoid: (graph, x) => unary(graph, 'Neg', unary(graph, 'Softplus', unary(graph, 'Neg', x))),
  kerasSoftShrink: (graph, x) => binary(graph, 'Sub', x, clip(graph, x, SHRINKING)),
  kerasSquareplus(graph, x) {
    const root = unary(graph, 'Sqrt', binary(graph, 'AddV2', unary(graph, 'Square', x), graph.scalar(4)));
    return multiply(graph, binary(graph, 'AddV2', x, root), graph.scalar(0.5));
  },
  kerasTanhShrink: (graph, x) => binary(graph, 'Sub', x, unary(graph, 'Tanh', x)),
};

/** Those that are computed in whatever the layer is; the others in float32. */
const REDUCIBLE: ReadonlySet<string> = new Set(['linear', 'relu', 'relu6', 'elu', 'tanh', 'kerasLeakyRelu']);

/** The activation that a layer's configuration names. */
export function readActivation(layer: LayerSpec): Activation {
  const name = layer.config.activation ?? 'linear';
  const set = readActivationName(name);
  if (set !== undefined) {
    const activation = setActivation(set);
    return (graph, x) => activation(graph, castTo(graph, x, 'float'));
  }
  const activation = typeof name === 'string' && Object.hasOwn(ACTIVATIONS, name) ? ACTIVATIONS[name] : undefined;
  if (!activation) throw new UnsupportedByGraph(layer.name, `activation ${JSON.stringify(name)} is not supported`);
  return REDUCIBLE.has(name as string) ? activation : (graph, x) => activation(graph, castTo(graph, x, 'float'));
}

/** A layer that is an activation and nothing else. */
export function activationLayer(layer: LayerSpec): LayerForward {
  const activation = readActivation(layer);
  return ({ graph }, input) => activation(graph, input);
}
