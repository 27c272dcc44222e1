// Activations with settings: as layers, and in the place of an activation's name.

import type { SetActivation } from '../../contract/activation-name.js';
import type { GraphBuilder, GraphTensor } from '../build/graph-builder.js';
import { binary, castTo, leakyRelu, unary } from '../build/ops.js';

type Activation = (graph: GraphBuilder, x: GraphTensor) => GraphTensor;

interface ReluSettings {
  /** none without a limit */
  most: number | null | undefined;
  slope: number;
  threshold: number;
}

/** x from the threshold on, else slope * (x - threshold); at most `most` */
export function relu({ most, slope, threshold }: ReluSettings): Activation {
  const limit: Activation = (graph, x) =>
    most == null ? x : binary(graph, 'Minimum', castTo(graph, x, 'float'), graph.scalar(most));
  if (!threshold && slope) return (graph, x) => limit(graph, leakyRelu(graph, x, slope));
  if (!threshold) {
    return (graph, x) => (most === 6 ? unary(graph, 'Relu6', x) : limit(graph, unary(graph, 'Relu', x)));
  }
  return (graph, input) => {
    const x = castTo(graph, input, 'float');
    const low = binary(graph, 'Mul', binary(graph, 'Sub', x, graph.scalar(threshold)), graph.scalar(slope));
    const isHigh = graph.add('GreaterEqual', [x, graph.scalar(threshold)], { T: { type: 'float' } }, { type: 'bool' });
    return limit(graph, select(graph, isHigh, x, low));
  };
}

/** One of two tensors' values, by a condition for each. */
export function select(graph: GraphBuilder, condition: GraphTensor, yes: GraphTensor, no: GraphTensor): GraphTensor {
  return graph.add('SelectV2', [condition, yes, no], { T: { type: 'float' } }, { type: 'float' });
}

/** x where x > 0, else alpha * (exp(x) - 1) */
export function elu(alpha: number): Activation {
  if (alpha === 1) return (graph, x) => unary(graph, 'Elu', x);
  return (graph, x) => {
    const negative = unary(graph, 'Elu', binary(graph, 'Minimum', x, graph.scalar(0)));
    return binary(graph, 'AddV2', unary(graph, 'Relu', x), binary(graph, 'Mul', negative, graph.scalar(alpha)));
  };
}

const SET: Record<SetActivation['kind'], (settings: SetActivation['settings']) => Activation> = {
  ELU: ({ alpha = 1 }) => elu(alpha),
  LeakyReLU:
    ({ negative_slope: slope = 0 }) =>
    (graph, x) =>
      leakyRelu(graph, x, slope),
  ReLU: ({ max_value: most = Number.MAX_VALUE, negative_slope: slope = 0, threshold = 0 }) =>
    relu({ most: most === Number.MAX_VALUE ? null : most, slope, threshold }),
};

export function setActivation({ kind, settings }: SetActivation): Activation {
  return SET[kind](settings);
}
