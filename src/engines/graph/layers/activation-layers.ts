// Layers that are an activation with settings of its own, each with its own class.

import type { GraphTensor } from '../build/graph-builder.js';
import { readNumber, weightName } from '../build/layer-config.js';
import type { ForwardContext, LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { binary, castTo, leakyRelu, reduce, unary } from '../build/ops.js';
import { UnsupportedByGraph } from '../build/unsupported.js';

/** x from the threshold on, else slope * (x - threshold); at most `maxValue`. With constants of its own it is in float32. */
export function reluLayer({ config }: LayerSpec): LayerForward {
  const { maxValue, negativeSlope = 0, threshold = 0 } = config as Record<string, number | null | undefined>;
  const limit = (context: ForwardContext, x: GraphTensor) =>
    maxValue == null
      ? x
      : binary(context.graph, 'Minimum', castTo(context.graph, x, 'float'), context.graph.scalar(maxValue));
  if (!threshold) {
    if (!negativeSlope) {
      return (context, x) =>
        maxValue === 6 ? unary(context.graph, 'Relu6', x) : limit(context, unary(context.graph, 'Relu', x));
    }
    return (context, x) => limit(context, leakyRelu(context.graph, x, negativeSlope));
  }
  return (context, input) => {
    const { graph } = context;
    const x = castTo(graph, input, 'float');
    const low = binary(
      graph,
      'Mul',
      binary(graph, 'Sub', x, graph.scalar(threshold)),
      graph.scalar(negativeSlope ?? 0),
    );
    const isHigh = graph.add('GreaterEqual', [x, graph.scalar(threshold)], { T: { type: 'float' } }, { type: 'bool' });
    return limit(context, graph.add('SelectV2', [isHigh, x, low], { T: { type: 'float' } }, { type: 'float' }));
  };
}

/** x where x > 0, else slope * x */
export function leakyReluLayer(layer: LayerSpec): LayerForward {
  const slope = readNumber(layer, 'alpha');
  return ({ graph }, x) => leakyRelu(graph, x, slope);
}

/** x where x > 0, else a learned slope * x, one slope for each value or for those that share it */
export function preluLayer(layer: LayerSpec): LayerForward {
  const slopes = weightName(layer, 'alpha');
  return ({ graph, variable }, x) => {
    const negative = binary(graph, 'Minimum', x, graph.scalar(0));
    return binary(graph, 'AddV2', unary(graph, 'Relu', x), binary(graph, 'Mul', variable(slopes).value, negative));
  };
}

/** x where x > 0, else alpha * (exp(x) - 1) */
export function eluLayer(layer: LayerSpec): LayerForward {
  const alpha = readNumber(layer, 'alpha');
  if (alpha === 1) return ({ graph }, x) => unary(graph, 'Elu', x);
  return ({ graph }, x) => {
    const negative = unary(graph, 'Elu', binary(graph, 'Minimum', x, graph.scalar(0)));
    return binary(graph, 'AddV2', unary(graph, 'Relu', x), binary(graph, 'Mul', negative, graph.scalar(alpha)));
  };
}

/** exp(x) / sum(exp(x)) along some axes */
export function softmaxLayer(layer: LayerSpec): LayerForward {
  const rank = layer.inputShape.length + 1;
  const axes = [layer.config.axis ?? -1]
    .flat()
    .map((axis) => ((axis as number) < 0 ? (axis as number) + rank : (axis as number)));
  if (axes.includes(0)) throw new UnsupportedByGraph(layer.name, 'works along the batch');
  if (axes.length === 1 && axes[0] === rank - 1) return ({ graph }, x) => unary(graph, 'Softmax', x);
  return ({ graph }, x) => {
    const powers = unary(graph, 'Exp', binary(graph, 'Sub', x, reduce(graph, 'Max', x, axes, true)));
    return binary(graph, 'RealDiv', powers, reduce(graph, 'Sum', powers, axes, true));
  };
}
