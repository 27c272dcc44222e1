// Convolutions, by all channels at once, in groups, and channel by channel.

import { dilate } from '../build/dilate.js';
import type { GraphTensor } from '../build/graph-builder.js';
import { readPadding, readPair, requireChannelsLast, weightName } from '../build/layer-config.js';
import type { ForwardContext, LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { castTo, concatenate, slice } from '../build/ops.js';
import { UnsupportedByGraph } from '../build/unsupported.js';
import { biasAndActivation } from './bias-activation.js';

const NHWC = { data_format: { string: 'NHWC' } } as const;

function convolutionAttributes(layer: LayerSpec, [down, right]: readonly [number, number]) {
  requireChannelsLast(layer);
  const rates = readRates(layer);
  return {
    ...NHWC,
    strides: { ints: [1, down, right, 1] },
    padding: { string: readPadding(layer) },
    dilations: { ints: [1, ...rates, 1] },
  };
}

const readRates = (layer: LayerSpec): [number, number] =>
  layer.config.dilationRate == null ? [1, 1] : readPair(layer, 'dilationRate');

/** Conv2D: convolution, bias, activation. */
export function conv2d(layer: LayerSpec): LayerForward {
  const attributes = convolutionAttributes(layer, readPair(layer, 'strides'));
  const kernelName = weightName(layer, 'kernel');
  const finish = biasAndActivation(layer);
  const groups = (layer.config.groups as number | undefined) ?? 1;
  const [channels, filters] = [layer.inputShape.at(-1) as number, layer.outputShape.at(-1) as number];
  return (context, input) => {
    const { type } = input;
    const kernel = castTo(context.graph, context.variable(kernelName).value, type);
    const convolve = (x: GraphTensor, k: GraphTensor) =>
      context.graph.add('Conv2D', [x, k], { T: { type }, ...attributes });
    if (groups === 1) return finish(context, convolve(input, kernel));
    const [inputs, kernels] = [
      split(context, input, groups, channels / groups),
      split(context, kernel, groups, filters / groups),
    ];
    const outputs = inputs.map((x, group) => convolve(x, kernels[group] as GraphTensor));
    return finish(context, concatenate(context.graph, outputs, 3));
  };
}

/** Equal parts along the channels, or a kernel's filters. */
function split({ graph }: ForwardContext, input: GraphTensor, count: number, size: number): GraphTensor[] {
  return Array.from({ length: count }, (_, group) => slice(graph, input, [0, 0, 0, group * size], [-1, -1, -1, size]));
}

/** DepthwiseConv2D: each channel by kernels of its own. */
export function depthwiseConv2d(layer: LayerSpec): LayerForward {
  const convolve = channelwise(layer);
  const finish = biasAndActivation(layer);
  return (context, input) => finish(context, convolve(context, input));
}

/** SeparableConv2D: channel by channel, then all channels at each place. */
export function separableConv2d(layer: LayerSpec): LayerForward {
  const convolve = channelwise(layer);
  const pointwise = weightName(layer, 'pointwise_kernel');
  const finish = biasAndActivation(layer);
  const attributes = { ...NHWC, strides: { ints: [1, 1, 1, 1] }, padding: { string: 'VALID' } };
  return (context, input) => {
    const byChannel = convolve(context, input);
    const { type } = byChannel;
    const kernel = castTo(context.graph, context.variable(pointwise).value, type);
    const more = { T: { type }, dilations: { ints: [1, 1, 1, 1] } } as const;
    return finish(context, context.graph.add('Conv2D', [byChannel, kernel], { ...attributes, ...more }));
  };
}

/** TensorFlow's CPU has no dilated op for it, but a kernel with zeros between its values does the same. */
function channelwise(layer: LayerSpec): LayerForward {
  const [down, right] = readPair(layer, 'strides');
  if (down !== right) throw new UnsupportedByGraph(layer.name, `has unequal strides [${[down, right]}]`);
  const { dilations: _, ...attributes } = convolutionAttributes(layer, [down, right]);
  const [name, rates] = [weightName(layer, 'depthwise_kernel'), readRates(layer)];
  return (context, input) => {
    const { type } = input;
    const { value, shape } = context.variable(name);
    const plain = castTo(context.graph, value, type);
    const kernel = rates.every((rate) => rate === 1) ? plain : dilate(context.graph, plain, shape, rates);
    const more = { T: { type }, dilations: { ints: [1, 1, 1, 1] } } as const;
    return context.graph.add('DepthwiseConv2dNative', [input, kernel], { ...attributes, ...more });
  };
}
