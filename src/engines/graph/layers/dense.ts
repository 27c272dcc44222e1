import { weightName } from '../build/layer-config.js';
import type { LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { matMul, reshape } from '../build/ops.js';
import { biasAndActivation } from './bias-activation.js';

/** Dense: product of the last axis with the kernel, bias, activation. */
export function dense(layer: LayerSpec): LayerForward {
  const kernelName = weightName(layer, 'kernel');
  const finish = biasAndActivation(layer);
  const features = layer.inputShape.at(-1) as number;
  return (context, input) => {
    const { graph } = context;
    const kernel = context.variable(kernelName).value;
    if (layer.inputShape.length === 1) return finish(context, matMul(graph, input, kernel)); // [batch, units]
    const rows = reshape(graph, input, graph.integers([-1, features]));
    return finish(context, reshape(graph, matMul(graph, rows, kernel), graph.integers([-1, ...layer.outputShape])));
  };
}
