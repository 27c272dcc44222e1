import { readPadding, readPair, requireChannelsLast, weightName } from '../build/layer-config.js';
import type { LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { castTo, concatenate, shapeOf, slice } from '../build/ops.js';
import { biasAndActivation } from './bias-activation.js';

/** Conv2DTranspose: what a convolution's gradient does, bias, activation. */
export function conv2dTranspose(layer: LayerSpec): LayerForward {
  requireChannelsLast(layer);
  const [kernelName, finish] = [weightName(layer, 'kernel'), biasAndActivation(layer)];
  const attributes = {
    strides: { ints: [1, ...readPair(layer, 'strides'), 1] },
    padding: { string: readPadding(layer) },
    data_format: { string: 'NHWC' },
    dilations: { ints: [1, 1, 1, 1] },
  } as const;
  return (context, input) => {
    const { graph, variable } = context;
    const batch = slice(graph, shapeOf(graph, input), [0], [1]);
    const size = concatenate(graph, [batch, graph.integers(layer.outputShape)], 0);
    const { type } = input;
    const inputs = [size, castTo(graph, variable(kernelName).value, type), input];
    return finish(context, graph.add('Conv2DBackpropInput', inputs, { T: { type }, ...attributes }, { type }));
  };
}
