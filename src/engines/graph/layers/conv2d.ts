import { readPadding, readPair, requireChannelsLast, weightName } from '../build/layer-config.js';
import type { LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { UnsupportedByGraph } from '../build/unsupported.js';
import { biasAndActivation } from './bias-activation.js';

/** Conv2D: convolution, bias, activation. */
export function conv2d(layer: LayerSpec): LayerForward {
  requireChannelsLast(layer);
  if (readPair(layer, 'dilationRate').some((rate) => rate !== 1)) {
    throw new UnsupportedByGraph(layer.name, 'is dilated');
  }
  const [down, right] = readPair(layer, 'strides');
  const attributes = {
    T: { type: 'float' },
    strides: { ints: [1, down, right, 1] },
    padding: { string: readPadding(layer) },
    data_format: { string: 'NHWC' },
    dilations: { ints: [1, 1, 1, 1] },
  } as const;
  const kernelName = weightName(layer, 'kernel');
  const finish = biasAndActivation(layer);
  return (context, input) => {
    const kernel = context.variable(kernelName).value;
    return finish(context, context.graph.add('Conv2D', [input, kernel], attributes));
  };
}
