// Layers that move values about: reshape, permute, pad, crop, take parts.

import { type Part, placesOf } from '../../contract/parts.js';
import type { GraphTensor } from '../build/graph-builder.js';
import { requireChannelsLast } from '../build/layer-config.js';
import type { LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { pad, reshape, slice } from '../build/ops.js';
import { UnsupportedByGraph } from '../build/unsupported.js';

/** Reshape: the same values in another shape. */
export function reshapeLayer(layer: LayerSpec): LayerForward {
  return ({ graph }, input) => reshape(graph, input, graph.integers([-1, ...layer.outputShape]));
}

const transpose =
  (axes: readonly number[]): LayerForward =>
  ({ graph }, input) =>
    graph.add('Transpose', [input, graph.integers(axes)], { T: { type: 'float' }, Tperm: { type: 'int32' } });

/** Permute: the axes after the batch in another order, counted from 1. */
export const permute = ({ config }: LayerSpec): LayerForward => transpose([0, ...(config.dims as number[])]);

/** The operation: all axes, the batch first. */
export const transposeLayer = ({ config }: LayerSpec): LayerForward => transpose(config.axes as number[]);

type Edges = readonly [[number, number], [number, number]];

/** ZeroPadding2D: zeros around each map. */
export function zeroPadding2d(layer: LayerSpec): LayerForward {
  requireChannelsLast(layer);
  const edges = layer.config.padding as unknown as Edges;
  return ({ graph }, input) => pad(graph, input, [[0, 0], ...edges, [0, 0]]);
}

/** Cropping2D: what is left of each map without its edges. */
export function cropping2d(layer: LayerSpec): LayerForward {
  requireChannelsLast(layer);
  const [[top], [left]] = layer.config.cropping as unknown as Edges;
  return ({ graph }, input) => slice(graph, input, [0, top, left, 0], [-1, ...layer.outputShape]);
}

/** GetItem: Python's `x[:, 2:4, ::-1]`. */
export function getItem(layer: LayerSpec): LayerForward {
  const parts = layer.config.parts as unknown as readonly Part[];
  const ranges = parts.map((part, index) => readRange(layer, placesOf(part, layer.inputShape[index] as number)));
  return ({ graph }, input) => {
    const list = (of: (range: Range) => number, batch: number) => graph.integers([batch, ...ranges.map(of)]);
    const bounds = [list(({ begin }) => begin, 0), list(({ end }) => end, 0), list(({ step }) => step, 1)];
    // A bit for each end that is left open: that of the batch, and of what is taken backwards to the first place.
    const open = ranges.reduce((mask, { end }, index) => (end < 0 ? mask | (1 << (index + 1)) : mask), 1);
    const masks = { ellipsis_mask: { int: 0 }, new_axis_mask: { int: 0 }, shrink_axis_mask: { int: 0 } };
    const taken = graph.add('StridedSlice', [input, ...bounds], {
      T: { type: 'float' },
      Index: { type: 'int32' },
      begin_mask: { int: 1 },
      end_mask: { int: open },
      ...masks,
    });
    return dropAxes(graph, taken, parts, layer);
  };
}

function dropAxes(
  graph: Parameters<LayerForward>[0]['graph'],
  x: GraphTensor,
  parts: readonly Part[],
  layer: LayerSpec,
) {
  if (parts.every((part) => typeof part !== 'number')) return x;
  return reshape(graph, x, graph.integers([-1, ...layer.outputShape]));
}

interface Range {
  begin: number;
  end: number;
  step: number;
}

function readRange(layer: LayerSpec, places: readonly number[]): Range {
  const [begin, second] = places;
  if (begin === undefined) throw new UnsupportedByGraph(layer.name, 'takes nothing');
  const step = second === undefined ? 1 : second - begin;
  return { begin, end: (places.at(-1) as number) + Math.sign(step), step };
}
