import { weightName } from '../build/layer-config.js';
import type { LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { matMul } from '../build/ops.js';
import { UnsupportedByGraph } from '../build/unsupported.js';
import { biasAndActivation } from './bias-activation.js';

/** Dense: product with the kernel, bias, activation. */
export function dense(layer: LayerSpec): LayerForward {
  if (layer.inputShape.length !== 1) throw new UnsupportedByGraph(layer.name, 'has an input that is not flat');
  const kernelName = weightName(layer, 'kernel');
  const finish = biasAndActivation(layer);
  return (context, input) => finish(context, matMul(context.graph, input, context.variable(kernelName).value)); // [batch, units]
}
