// Layers that are an activation with settings of its own, each with its own class.

import { readNumber, weightName } from '../build/layer-config.js';
import type { LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { binary, leakyRelu, reduce, unary } from '../build/ops.js';
import { UnsupportedByGraph } from '../build/unsupported.js';
import { elu, relu } from './set-activations.js';

/** See `relu`. With constants of its own it is in float32. */
export function reluLayer({ config }: LayerSpec): LayerForward {
  const { maxValue: most, negativeSlope, threshold } = config as Record<string, number | null | undefined>;
  const activation = relu({ most, slope: negativeSlope ?? 0, threshold: threshold ?? 0 });
  return ({ graph }, x) => activation(graph, x);
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

/** See `elu`. */
export function eluLayer(layer: LayerSpec): LayerForward {
  const activation = elu(readNumber(layer, 'alpha'));
  return ({ graph }, x) => activation(graph, x);
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
