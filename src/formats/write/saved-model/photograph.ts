// What the signature `photograph` does with an encoded image before the network gets it: the whole preprocessing, as nodes.

import type { Preprocessing } from '../../../dataset/decode/preprocessing.js';
import type { GraphBuilder, GraphTensor } from '../../../engines/graph/build/graph-builder.js';
import { binary, cast, shapeOf } from '../../../engines/graph/build/ops.js';
import { addFit } from './fit.js';
import { addScaling } from './scaling.js';

/** ScaleAndTranslate's kernels, by our names. */
const KERNELS = { bilinear: 'triangle', lanczos3: 'lanczos3' } as const;

/** Adds a JPEG or PNG's way to the network's input. @returns [1, height, width, channels] */
export function addPhotograph(graph: GraphBuilder, encoded: GraphTensor, preprocessing: Preprocessing): GraphTensor {
  const decoded = graph.add(
    'DecodeJpeg',
    [encoded],
    {
      channels: { int: 3 },
      ratio: { int: 1 },
      fancy_upscaling: { bool: true },
      try_recover_truncated: { bool: false },
      acceptable_fraction: { float: 1 },
      dct_method: { string: 'INTEGER_ACCURATE' },
    },
    { type: 'uint8' },
  );
  const fitted = addFit(graph, decoded, preprocessing);
  const types = { T: { type: 'uint8' }, Tdim: { type: 'int32' } } as const;
  const image = graph.add('ExpandDims', [fitted, graph.integer(0)], types); // [1, height, width, 3]
  return addScaling(graph, resize(graph, image, preprocessing), preprocessing);
}

/** @returns floats of whole numbers in 0..255 */
function resize(graph: GraphBuilder, image: GraphTensor, preprocessing: Preprocessing): GraphTensor {
  const { height, width, interpolation } = preprocessing;
  const whole = graph.integers([height, width]);
  if (interpolation === 'nearest') {
    const attributes = {
      T: { type: 'uint8' },
      align_corners: { bool: false },
      half_pixel_centers: { bool: true },
    } as const;
    return cast(graph, graph.add('ResizeNearestNeighbor', [image, whole], attributes), 'float');
  }
  // Like Pillow: along the width first, then along the height, and bytes after each.
  const floats = cast(graph, image, 'float');
  const own = binary(graph, 'Mul', sizeOf(graph, floats), graph.integers([1, 0]));
  const across = binary(graph, 'AddV2', own, graph.integers([0, width])); // [height of the image, width]
  const kernel = KERNELS[interpolation];
  return resample(graph, resample(graph, floats, across, kernel), whole, kernel);
}

/** [height, width] of a batch of images, int32 */
function sizeOf(graph: GraphBuilder, images: GraphTensor): GraphTensor {
  const bounds = [graph.integers([1]), graph.integers([3]), graph.integers([1])];
  return graph.add('StridedSlice', [shapeOf(graph, images), ...bounds], {
    T: { type: 'int32' },
    Index: { type: 'int32' },
  });
}

/** Resamples a batch to a size; results are whole numbers of 0..255. */
function resample(graph: GraphBuilder, images: GraphTensor, size: GraphTensor, kernel: string): GraphTensor {
  const scale = binary(graph, 'RealDiv', cast(graph, size, 'float'), cast(graph, sizeOf(graph, images), 'float'));
  const origin = binary(graph, 'Sub', scale, scale);
  const resized = graph.add('ScaleAndTranslate', [images, size, scale, origin], {
    T: { type: 'float' },
    kernel_type: { string: kernel },
    antialias: { bool: true },
  });
  const rounded = graph.add('Floor', [binary(graph, 'AddV2', resized, graph.scalar(0.5))], { T: { type: 'float' } });
  return binary(graph, 'Minimum', binary(graph, 'Maximum', rounded, graph.scalar(0)), graph.scalar(255));
}
