// MaxPooling2D and AveragePooling2D.

import type { GraphTensor } from '../build/graph-builder.js';
import { readPadding, readPair, requireChannelsLast } from '../build/layer-config.js';
import type { ForwardContext, LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';

/** AveragePooling2D. Padding does not count. */
export function averagePooling2d(layer: LayerSpec): LayerForward {
  return poolingLayer(layer, 'AvgPool');
}

/** MaxPooling2D. Padding never wins. */
export function maxPooling2d(layer: LayerSpec): LayerForward {
  return poolingLayer(layer, 'MaxPool');
}

function poolingLayer(layer: LayerSpec, op: 'AvgPool' | 'MaxPool'): LayerForward {
  requireChannelsLast(layer);
  const [size, strides, padding] = [readPair(layer, 'poolSize'), readPair(layer, 'strides'), readPadding(layer)];
  return (context, input) => pool(context, op, input, size, strides, padding);
}

/** The maximum or mean over windows of each channel. */
export function pool(
  { graph }: Pick<ForwardContext, 'graph'>,
  op: 'AvgPool' | 'MaxPool',
  input: GraphTensor,
  size: readonly [number, number],
  strides: readonly [number, number],
  padding: 'VALID' | 'SAME',
): GraphTensor {
  return graph.add(op, [input], {
    T: { type: input.type },
    ksize: { ints: [1, ...size, 1] },
    strides: { ints: [1, ...strides, 1] },
    padding: { string: padding },
    data_format: { string: 'NHWC' },
  });
}
