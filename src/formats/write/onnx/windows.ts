// Convolutions and poolings: what slides a window over maps.

import { type ExportedLayer, refuseLayer } from '../exported-network.js';
import { activate } from './activations.js';
import type { OnnxAttribute, OnnxName, OnnxShape } from './onnx-graph.js';
import { type OnnxCall, readPair, requireChannelsLast, transpose, weightOf } from './onnx-layer.js';

interface Window {
  readonly size: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
}

export function conv2d(call: OnnxCall): OnnxName {
  const { layer } = call;
  const kernel = weightOf(layer, 'kernel');
  const values = transpose(kernel.values, kernel.shape, [3, 2, 0, 1]);
  const groups = (layer.config.groups ?? 1) as number;
  return activate(call, convolve(call, call.input, toKernel(values, kernel.shape, [3, 2]), { groups, bias: true }));
}

export function depthwiseConv2d(call: OnnxCall): OnnxName {
  return activate(
    call,
    convolve(call, call.input, depthwiseKernel(call.layer), { ...channelGroups(call), bias: true }),
  );
}

export function separableConv2d(call: OnnxCall): OnnxName {
  const { graph, layer } = call;
  const apart = convolve(call, call.input, depthwiseKernel(layer), { ...channelGroups(call), bias: false });
  const { shape, values } = weightOf(layer, 'pointwise_kernel');
  const mixed = toKernel(transpose(values, shape, [3, 2, 0, 1]), shape, [3, 2]);
  const inputs = [apart, graph.floats(mixed.shape, mixed.values), ...biasOf(call)];
  return activate(call, graph.add('Conv', inputs, { kernel_shape: { ints: [1, 1] } }));
}

export function conv2dTranspose(call: OnnxCall): OnnxName {
  requireChannelsLast(call);
  const { graph, layer } = call;
  const { size, strides, dilations } = readWindow(layer, 'kernelSize');
  if (layer.config.outputPadding != null) throw refuseLayer(layer, 'it sets output_padding');
  if (dilations.some((rate) => rate !== 1)) throw refuseLayer(layer, 'it is dilated');
  const { shape, values } = weightOf(layer, 'kernel');
  const kernel = toKernel(transpose(values, shape, [3, 2, 0, 1]), shape, [3, 2]);
  const over = [0, 1].map((side) => (layer.config.padding === 'same' ? surplus(size, strides, side) : 0));
  const missing = [0, 1].map((side) => Math.max(0, (strides[side] as number) - (size[side] as number)));
  const attributes = {
    kernel_shape: { ints: size },
    strides: { ints: strides },
    pads: { ints: [...over.map((each) => Math.floor(each / 2)), ...over.map((each) => Math.ceil(each / 2))] },
    output_padding: { ints: missing },
  };
  const inputs = [call.input, graph.floats(kernel.shape, kernel.values), ...biasOf(call)];
  return activate(call, graph.add('ConvTranspose', inputs, attributes));
}

const surplus = (size: readonly number[], strides: readonly number[], side: number) =>
  Math.max(0, (size[side] as number) - (strides[side] as number));

export const maxPooling2d = pooling('MaxPool');
/** Padding does not count. */
export const averagePooling2d = pooling('AveragePool');

function pooling(op: string) {
  return (call: OnnxCall): OnnxName => {
    requireChannelsLast(call);
    const { graph, layer, input, inputShape } = call;
    const size = readPair(layer, 'poolSize');
    const strides = layer.config.strides == null ? size : readPair(layer, 'strides');
    return graph.add(op, [input], {
      kernel_shape: { ints: size },
      strides: { ints: strides },
      pads: padding(layer, inputShape, { size, strides, dilations: [1, 1] }),
    });
  };
}

interface Kernel {
  /** [filters, channels of a group, height, width] */
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

function toKernel(values: Float32Array, [height, width, ...rest]: number[], [first, second]: [number, number]): Kernel {
  const sizes = [0, 0, ...rest];
  return { shape: [sizes[first] as number, sizes[second] as number, height as number, width as number], values };
}

function depthwiseKernel(layer: ExportedLayer): Kernel {
  const { shape, values } = weightOf(layer, 'depthwise_kernel');
  const [height, width, channels, multiplier] = shape as [number, number, number, number];
  return { shape: [channels * multiplier, 1, height, width], values: transpose(values, shape, [2, 3, 0, 1]) };
}

const channelGroups = ({ inputShape }: OnnxCall) => ({ groups: inputShape.at(-1) as number });

function convolve(
  call: OnnxCall,
  input: OnnxName,
  kernel: Kernel,
  { groups, bias }: { groups: number; bias: boolean },
): OnnxName {
  requireChannelsLast(call);
  const { graph, layer, inputShape } = call;
  const window = readWindow(layer, 'kernelSize');
  const inputs = [input, graph.floats(kernel.shape, kernel.values), ...(bias ? biasOf(call) : [])];
  return graph.add('Conv', inputs, {
    kernel_shape: { ints: window.size },
    strides: { ints: window.strides },
    dilations: { ints: window.dilations },
    pads: padding(layer, inputShape, window),
    group: { int: groups },
  });
}

function biasOf({ graph, layer }: OnnxCall): OnnxName[] {
  if (layer.config.useBias === false) return [];
  const { shape, values } = weightOf(layer, 'bias');
  return [graph.floats(shape, values)];
}

function readWindow(layer: ExportedLayer, key: string): Window {
  return {
    size: readPair(layer, key),
    strides: readPair(layer, 'strides'),
    dilations: readPair(layer, 'dilationRate'),
  };
}

/** [top, left, bottom, right]: TensorFlow's `SAME` puts the odd row or column at the end. */
function padding(layer: ExportedLayer, inputShape: OnnxShape, { size, strides, dilations }: Window): OnnxAttribute {
  if (layer.config.padding === 'valid') return { ints: [0, 0, 0, 0] };
  if (layer.config.padding !== 'same') throw refuseLayer(layer, `its padding is ${String(layer.config.padding)}`);
  const totals = [0, 1].map((side) => {
    const length = inputShape[side + 1];
    const [stride, reach] = [strides[side] as number, ((size[side] as number) - 1) * (dilations[side] as number)];
    if (stride === 1) return reach;
    if (typeof length !== 'number') throw refuseLayer(layer, 'it takes inputs of any size');
    return Math.max(0, (Math.ceil(length / stride) - 1) * stride + reach + 1 - length);
  });
  return { ints: [...totals.map((total) => Math.floor(total / 2)), ...totals.map((total) => Math.ceil(total / 2))] };
}
