// Layers that are a node or two.

import { refuseLayer } from '../exported-network.js';
import { activate } from './activations.js';
import type { OnnxName } from './onnx-graph.js';
import {
  channelConstant,
  inKerasOrder,
  isMap,
  lastAxis,
  type OnnxCall,
  requireChannelsLast,
  weightOf,
} from './onnx-layer.js';

export function dense(call: OnnxCall): OnnxName {
  const { graph, layer, input, inputShape } = call;
  if (inputShape.length !== 2) throw refuseLayer(layer, 'its input is not flat');
  const weights = [weightOf(layer, 'kernel'), ...(layer.config.useBias === false ? [] : [weightOf(layer, 'bias')])];
  return activate(call, graph.add('Gemm', [input, ...weights.map(({ shape, values }) => graph.floats(shape, values))]));
}

export function batchNormalization(call: OnnxCall): OnnxName {
  const { graph, layer, input, inputShape } = call;
  const { axis = -1, scale = true, center = true, epsilon } = layer.config;
  if (axis !== -1 && axis !== inputShape.length - 1)
    throw refuseLayer(layer, `it normalizes axis ${axis}, not the last`);
  if (inputShape.length !== 2 && !isMap(inputShape)) throw refuseLayer(layer, 'its input is neither maps nor flat');
  const mean = weightOf(layer, 'moving_mean');
  const vector = (role: string, isThere: unknown, absent: number) =>
    graph.floats(mean.shape, isThere ? weightOf(layer, role).values : mean.values.map(() => absent));
  const parameters = [
    vector('gamma', scale, 1),
    vector('beta', center, 0),
    vector('moving_mean', true, 0),
    vector('moving_variance', true, 1),
  ];
  return graph.add('BatchNormalization', [input, ...parameters], { epsilon: { float: epsilon as number } });
}

export function layerNormalization(call: OnnxCall): OnnxName {
  const { graph, layer, inputShape } = call;
  const { axis = -1, scale = true, center = true, epsilon } = layer.config;
  const last = inputShape.length - 1;
  if (![-1, last].includes([axis].flat()[0] as number) || [axis].flat().length > 1) {
    throw refuseLayer(layer, `it normalizes axis ${axis}, not the last`);
  }
  const size = inputShape[last] as number;
  const vector = (role: string, isThere: unknown, absent: number) =>
    graph.floats([size], isThere ? weightOf(layer, role).values : new Float32Array(size).fill(absent));
  return inKerasOrder(call, (input) =>
    graph.add('LayerNormalization', [input, vector('gamma', scale, 1), vector('beta', center, 0)], {
      axis: { int: -1 },
      epsilon: { float: epsilon as number },
    }),
  );
}

export function rescaling(call: OnnxCall): OnnxName {
  const { graph, layer, input } = call;
  const { scale, offset = 0 } = layer.config;
  const constant = (value: unknown) => channelConstant(call, Float32Array.from([value].flat() as number[]));
  return graph.add('Add', [graph.add('Mul', [input, constant(scale)]), constant(offset)]);
}

export function globalPooling(op: 'GlobalAveragePool' | 'GlobalMaxPool') {
  return (call: OnnxCall): OnnxName => {
    requireChannelsLast(call);
    const pooled = call.graph.add(op, [call.input]);
    return isMap(call.outputShape) ? pooled : call.graph.add('Flatten', [pooled]);
  };
}

/** Keras flattens maps with the channels last. */
export function reshape(call: OnnxCall): OnnxName {
  const { graph, layer, outputShape } = call;
  const [, ...sizes] = outputShape;
  if (sizes.includes(null)) throw refuseLayer(layer, 'it takes inputs of any size');
  return inKerasOrder(call, (input) => graph.add('Reshape', [input, graph.integers([-1, ...(sizes as number[])])]));
}

export function permute(call: OnnxCall): OnnxName {
  const dims = call.layer.config.dims as number[];
  return inKerasOrder(call, (input) => call.graph.add('Transpose', [input], { perm: { ints: [0, ...dims] } }));
}

export function zeroPadding2d(call: OnnxCall): OnnxName {
  requireChannelsLast(call);
  const [[top, bottom], [left, right]] = call.layer.config.padding as [[number, number], [number, number]];
  return call.graph.add('Pad', [call.input, call.graph.integers([0, 0, top, left, 0, 0, bottom, right])]);
}

export function cropping2d(call: OnnxCall): OnnxName {
  requireChannelsLast(call);
  const { graph, layer, input, inputShape } = call;
  const [[top, bottom], [left, right]] = layer.config.cropping as [[number, number], [number, number]];
  const ends = [bottom, right].map((cut, side) => (cut === 0 ? (inputShape[side + 1] ?? 2 ** 31 - 1) : -cut));
  const [starts, stops, axes] = [[top, left], ends, [2, 3]].map((values) => graph.integers(values)) as [
    OnnxName,
    OnnxName,
    OnnxName,
  ];
  return graph.add('Slice', [input, starts, stops, axes]);
}

export function upSampling2d(call: OnnxCall): OnnxName {
  requireChannelsLast(call);
  const { graph, layer, input } = call;
  const [down, right] = layer.config.size as [number, number];
  const isNearest = (layer.config.interpolation ?? 'nearest') === 'nearest';
  return graph.add('Resize', [input, '', graph.floats([4], Float32Array.of(1, 1, down, right))], {
    mode: { text: isNearest ? 'nearest' : 'linear' },
    coordinate_transformation_mode: { text: isNearest ? 'asymmetric' : 'half_pixel' },
    nearest_mode: { text: 'floor' },
  });
}

export function softmax({ graph, layer, input, inputShape }: OnnxCall): OnnxName {
  const { axis = -1 } = layer.config;
  if (axis !== -1 && axis !== inputShape.length - 1)
    throw refuseLayer(layer, `it works along axis ${axis}, not the last`);
  return graph.add('Softmax', [input], { axis: { int: lastAxis(inputShape) } });
}

export function leakyRelu({ graph, layer, input }: OnnxCall): OnnxName {
  return graph.add('LeakyRelu', [input], { alpha: { float: layer.config.alpha as number } });
}

export function elu({ graph, layer, input }: OnnxCall): OnnxName {
  return graph.add('Elu', [input], { alpha: { float: (layer.config.alpha ?? 1) as number } });
}
