// An image to the proportions of the network's input, as nodes: the boxes are those of dataset/decode/fit.ts.

import type { Preprocessing } from '../../../dataset/decode/preprocessing.js';
import type { GraphBuilder, GraphTensor } from '../../../engines/graph/build/graph-builder.js';
import { binary, shapeOf } from '../../../engines/graph/build/ops.js';

/** @param image [height, width, 3], bytes */
export function addFit(graph: GraphBuilder, image: GraphTensor, preprocessing: Preprocessing): GraphTensor {
  const { fit = 'stretch' } = preprocessing;
  if (fit === 'stretch') return image;
  const types = { T: { type: 'int32' }, Index: { type: 'int32' } } as const;
  const bounds = [graph.integers([0]), graph.integers([2]), graph.integers([1])];
  const own = graph.add('StridedSlice', [shapeOf(graph, image), ...bounds], types); // [height, width]
  const wanted = fitting(graph, own, preprocessing);
  return fit === 'crop' ? crop(graph, image, { own, wanted }) : pad(graph, image, { own, wanted });
}

/** The height that goes with the image's width, and the width that goes with its height. */
function fitting(graph: GraphBuilder, own: GraphTensor, { height, width }: Preprocessing): GraphTensor {
  const types = { T: { type: 'int32' }, Tidx: { type: 'int32' } } as const;
  const turned = graph.add('ReverseV2', [own, graph.integers([0])], types);
  const multiplied = binary(graph, 'Mul', turned, graph.integers([height, width]));
  return binary(graph, 'FloorDiv', multiplied, graph.integers([width, height]));
}

/** Both [height, width]. */
interface Sizes {
  readonly own: GraphTensor;
  readonly wanted: GraphTensor;
}

function crop(graph: GraphBuilder, image: GraphTensor, { own, wanted }: Sizes): GraphTensor {
  const size = binary(graph, 'Maximum', binary(graph, 'Minimum', own, wanted), graph.integers([1, 1]));
  const start = half(graph, binary(graph, 'Sub', own, size));
  const slice = [image, append(graph, start, 0), append(graph, size, 3)];
  return graph.add('Slice', slice, { T: { type: 'uint8' }, Index: { type: 'int32' } });
}

function pad(graph: GraphBuilder, image: GraphTensor, { own, wanted }: Sizes): GraphTensor {
  const missing = binary(graph, 'Sub', binary(graph, 'Maximum', own, wanted), own);
  const before = half(graph, missing);
  const sides = [before, binary(graph, 'Sub', missing, before)].map((side) => append(graph, side, 0));
  const paddings = graph.add('Pack', sides, { T: { type: 'int32' }, N: { int: 2 }, axis: { int: 1 } }); // [3, 2]
  return graph.add('Pad', [image, paddings], { T: { type: 'uint8' }, Tpaddings: { type: 'int32' } });
}

function half(graph: GraphBuilder, sizes: GraphTensor): GraphTensor {
  return binary(graph, 'FloorDiv', sizes, graph.integers([2, 2]));
}

/** A vector with one number more. */
function append(graph: GraphBuilder, vector: GraphTensor, last: number): GraphTensor {
  return graph.add('ConcatV2', [vector, graph.integers([last]), graph.integer(0)], {
    N: { int: 2 },
    T: { type: 'int32' },
    Tidx: { type: 'int32' },
  });
}
