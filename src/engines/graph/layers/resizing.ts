// Layers that make images of another size by interpolation, or cut out their middle.

import { type Interpolation, type Line, resizedLines } from '../../contract/resampling.js';
import type { GraphTensor } from '../build/graph-builder.js';
import { requireChannelsLast } from '../build/layer-config.js';
import type { ForwardContext, LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { slice } from '../build/ops.js';
import { UnsupportedByGraph } from '../build/unsupported.js';

/** Pixels are squares, sampled at their middles. */
function resize(
  { graph }: ForwardContext,
  input: GraphTensor,
  [rows, columns]: readonly [Line, Line],
  interpolation: Interpolation,
): GraphTensor {
  const part = slice(graph, input, [0, rows.from, columns.from, 0], [-1, rows.count, columns.count, -1]);
  const op = interpolation === 'nearest' ? 'ResizeNearestNeighbor' : 'ResizeBilinear';
  return graph.add(op, [part, graph.integers([rows.size, columns.size])], {
    T: { type: 'float' },
    align_corners: { bool: false },
    half_pixel_centers: { bool: true },
  });
}

const sizeOf = ([height, width]: readonly number[]): [number, number] => [height as number, width as number];

/** tfjs's own classes of these names sample at other places. */
function requireKeras({ name, isOwn }: LayerSpec): void {
  if (!isOwn) throw new UnsupportedByGraph(name, 'interpolates as TensorFlow.js does, not as Keras');
}

export function resizing(layer: LayerSpec): LayerForward {
  requireKeras(layer);
  const { interpolation, cropToAspectRatio } = layer.config;
  const lines = resizedLines(sizeOf(layer.inputShape), sizeOf(layer.outputShape), cropToAspectRatio === true);
  return (context, input) => resize(context, input, lines, interpolation as Interpolation);
}

/** UpSampling2D: each pixel becomes several, or pixels between them are interpolated. */
export function upSampling2d(layer: LayerSpec): LayerForward {
  requireChannelsLast(layer);
  const interpolation = (layer.config.interpolation ?? 'nearest') as Interpolation;
  if (interpolation !== 'nearest') requireKeras(layer);
  const lines = resizedLines(sizeOf(layer.inputShape), sizeOf(layer.outputShape));
  return (context, input) => resize(context, input, lines, interpolation);
}

/** CenterCrop: the middle; of an image that is too small the part in its form, resized. */
export function centerCrop(layer: LayerSpec): LayerForward {
  requireKeras(layer);
  const [from, to] = [sizeOf(layer.inputShape), sizeOf(layer.outputShape)];
  const [top, left] = [0, 1].map((side) => Math.floor(((from[side] as number) - (to[side] as number)) / 2)) as [
    number,
    number,
  ];
  if (top < 0 || left < 0) return (context, input) => resize(context, input, resizedLines(from, to, true), 'bilinear');
  return ({ graph }, input) => slice(graph, input, [0, top, left, 0], [-1, ...to, -1]);
}
