// Bias and activation, with which a layer with a kernel ends.

import { weightName } from '../build/layer-config.js';
import type { LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { castTo } from '../build/ops.js';
import { readActivation } from './activation-kinds.js';

/** What a layer with a kernel ends with: the bias that it may have, a number per channel or unit, and its activation. */
export function biasAndActivation(layer: LayerSpec): LayerForward {
  const activation = readActivation(layer);
  if (layer.config.useBias === false) return ({ graph }, input) => activation(graph, input);
  const biasName = weightName(layer, 'bias');
  return ({ graph, variable }, input) => {
    const bias = castTo(graph, variable(biasName).value, input.type);
    const attributes = { T: { type: input.type }, data_format: { string: 'NHWC' } } as const;
    return activation(graph, graph.add('BiasAdd', [input, bias], attributes));
  };
}
