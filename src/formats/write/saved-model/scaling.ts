// The values of pixels to the numbers that the network gets, as nodes: what dataset/stream/image-input.ts does.

import type { Preprocessing } from '../../../dataset/decode/preprocessing.js';
import type { GraphBuilder, GraphTensor } from '../../../engines/graph/build/graph-builder.js';
import { binary, reduce } from '../../../engines/graph/build/ops.js';

/** What red, green and blue count for, in 65536ths: Pillow's `convert('L')`. */
const GRAY = [19595, 38470, 7471];

/** @param pixels [1, height, width, 3], floats in 0..255 @returns [1, height, width, channels] */
export function addScaling(graph: GraphBuilder, pixels: GraphTensor, preprocessing: Preprocessing): GraphTensor {
  const { channels = 3, rescale } = preprocessing;
  const scaled = binary(graph, 'Mul', channels === 1 ? toGray(graph, pixels) : pixels, graph.scalar(rescale));
  if (channels === 1) return scaled;
  const normal = normalize(graph, scaled, preprocessing);
  return channels === 3 ? normal : addAlpha(graph, normal, 255 * rescale);
}

/** Every number on the way is a whole one below 2^24, which a float holds exactly. */
function toGray(graph: GraphBuilder, pixels: GraphTensor): GraphTensor {
  const sum = reduce(graph, 'Sum', binary(graph, 'Mul', pixels, vector(graph, GRAY)), [3], true);
  const rounded = binary(graph, 'Mul', binary(graph, 'AddV2', sum, graph.scalar(0x8000)), graph.scalar(2 ** -16));
  return graph.add('Floor', [rounded], { T: { type: 'float' } });
}

function normalize(graph: GraphBuilder, values: GraphTensor, { normalization }: Preprocessing): GraphTensor {
  if (normalization === undefined) return values;
  const { order, mean, deviation } = normalization;
  const types = { T: { type: 'float' }, Tidx: { type: 'int32' } } as const;
  const ordered = order === 'bgr' ? graph.add('ReverseV2', [values, graph.integers([3])], types) : values;
  return binary(graph, 'RealDiv', binary(graph, 'Sub', ordered, vector(graph, mean)), vector(graph, deviation));
}

function addAlpha(graph: GraphBuilder, values: GraphTensor, opaque: number): GraphTensor {
  const value = { tensor: { shape: [4, 2], values: Int32Array.of(0, 0, 0, 0, 0, 0, 0, 1) } };
  const paddings = graph.add('Const', [], { dtype: { type: 'int32' }, value }, { type: 'int32' });
  const types = { T: { type: 'float' }, Tpaddings: { type: 'int32' } } as const;
  return graph.add('PadV2', [values, paddings, graph.scalar(opaque)], types);
}

function vector(graph: GraphBuilder, numbers: readonly number[]): GraphTensor {
  const value = { tensor: { shape: [numbers.length], values: Float32Array.from(numbers) } };
  return graph.add('Const', [], { dtype: { type: 'float' }, value });
}
