// What the signature `photograph` does with the bytes of an image file before the network gets them: the whole preprocessing, as nodes.

import { JPEG_ATTRIBUTES } from '../../../backend/native/jpeg-attributes.js';
import type { Preprocessing } from '../../../dataset/decode/preprocessing.js';
import type { GraphBuilder, GraphTensor } from '../../../engines/graph/build/graph-builder.js';
import { addFit } from './fit.js';
import { addResize } from './resample.js';
import { addScaling } from './scaling.js';

/** Adds a JPEG or PNG's way to the network's input. @returns [1, height, width, channels] */
export function addPhotograph(graph: GraphBuilder, encoded: GraphTensor, preprocessing: Preprocessing): GraphTensor {
  const decoded = graph.add('DecodeJpeg', [encoded], JPEG_ATTRIBUTES, { type: 'uint8' });
  const resized = addResize(graph, addFit(graph, decoded, preprocessing), preprocessing);
  const types = { T: { type: 'float' }, Tdim: { type: 'int32' } } as const;
  const image = graph.add('ExpandDims', [resized, graph.integer(0)], types); // [1, height, width, 3]
  return addScaling(graph, image, preprocessing);
}
