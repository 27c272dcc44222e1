// Activations as nodes.

import { readActivationName, type SetActivation } from '../../../engines/contract/activation-name.js';
import { type ExportedLayer, refuseLayer } from '../exported-network.js';
import type { OnnxGraph, OnnxName, OnnxShape } from './onnx-graph.js';
import { lastAxis, type OnnxCall } from './onnx-layer.js';

type Activation = (graph: OnnxGraph, x: OnnxName, shape: OnnxShape) => OnnxName;

const single =
  (op: string): Activation =>
  (graph, x) =>
    graph.add(op, [x]);

/** By tfjs's names, and ours of what tfjs lacks. */
const ACTIVATIONS: Record<string, Activation> = {
  linear: (_, x) => x,
  relu: single('Relu'),
  relu6: (graph, x) => graph.add('Clip', [x, graph.number(0), graph.number(6)]),
  sigmoid: single('Sigmoid'),
  tanh: single('Tanh'),
  elu: single('Elu'),
  selu: single('Selu'),
  softplus: single('Softplus'),
  softsign: single('Softsign'),
  softmax: (graph, x, shape) => graph.add('Softmax', [x], { axis: { int: lastAxis(shape) } }),
  logSoftmax: (graph, x, shape) => graph.add('LogSoftmax', [x], { axis: { int: lastAxis(shape) } }),
  swish: (graph, x) => graph.add('Mul', [x, graph.add('Sigmoid', [x])]),
  mish: (graph, x) => graph.add('Mul', [x, graph.add('Tanh', [graph.add('Softplus', [x])])]),
  gelu(graph, x) {
    const error = graph.add('Erf', [graph.add('Mul', [x, graph.number(Math.SQRT1_2)])]);
    return graph.add('Mul', [graph.add('Mul', [x, graph.number(0.5)]), graph.add('Add', [error, graph.number(1)])]);
  },
  hardSigmoid: (graph, x) => graph.add('HardSigmoid', [x], { alpha: { float: 0.2 }, beta: { float: 0.5 } }),
  kerasHardSigmoid: (graph, x) => graph.add('HardSigmoid', [x], { alpha: { float: 1 / 6 }, beta: { float: 0.5 } }),
  kerasHardSilu: single('HardSwish'),
  kerasLeakyRelu: (graph, x) => graph.add('LeakyRelu', [x], { alpha: { float: 0.2 } }),
  kerasExponential: single('Exp'),
};

/** Adds the activation that a layer ends with. @throws CnnvizError BAD_MODEL for one without a counterpart */
export function activate({ graph, layer, outputShape }: OnnxCall, x: OnnxName): OnnxName {
  return findActivation(layer)(graph, x, outputShape);
}

function findActivation(layer: ExportedLayer): Activation {
  const { activation = 'linear' } = layer.config;
  const set = readActivationName(activation);
  if (set !== undefined) return setActivation(layer, set);
  const found = typeof activation === 'string' ? ACTIVATIONS[activation] : undefined;
  if (found === undefined) throw refuseLayer(layer, `ONNX has no activation like ${String(activation)}`);
  return found;
}

function setActivation(layer: ExportedLayer, { kind, settings }: SetActivation): Activation {
  const { alpha = 1, negative_slope: slope = 0, max_value: most = Number.MAX_VALUE, threshold = 0 } = settings;
  if (threshold !== 0) throw refuseLayer(layer, 'its activation has a threshold');
  if (kind === 'ELU') return (graph, x) => graph.add('Elu', [x], { alpha: { float: alpha } });
  return (graph, x) => {
    const positive = graph.add('LeakyRelu', [x], { alpha: { float: slope } });
    return most === Number.MAX_VALUE ? positive : graph.add('Min', [positive, graph.number(most)]);
  };
}

/** 0 below 0 but for a slope, and at most a maximum. */
export function reluLayer({ graph, layer, input }: OnnxCall): OnnxName {
  const { maxValue, negativeSlope, threshold } = layer.config as Record<string, number | null | undefined>;
  if (threshold) throw refuseLayer(layer, 'it has a threshold');
  const positive = negativeSlope
    ? graph.add('LeakyRelu', [input], { alpha: { float: negativeSlope } })
    : graph.add('Relu', [input]);
  return typeof maxValue === 'number' ? graph.add('Min', [positive, graph.number(maxValue)]) : positive;
}
