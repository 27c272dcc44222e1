// A gradient's sum over the images of a batch, as nodes.

import type { GraphBuilder, GraphTensor } from './build/graph-builder.js';
import { castTo, concatenate, reduce, slice } from './build/ops.js';

/**
 * Adds a gradient's sum over all images, in float32. What a convolution passes back is linear, so the images are added up
 * before it: that for the pixels, to 3 channels from many, is a large part of a gradient's cost and is computed once.
 *
 * @returns [1, ...]
 */
export function sumOverImages(graph: GraphBuilder, gradient: GraphTensor): GraphTensor {
  const { op, inputs, attributes } = graph.nodeOf(gradient);
  if (op === 'Cast') return sumOverImages(graph, inputs[0] as GraphTensor);
  if (op !== 'Conv2DBackpropInput') return reduce(graph, 'Sum', castTo(graph, gradient, 'float'), [0], true);
  const [shape, kernel, passed] = inputs as [GraphTensor, GraphTensor, GraphTensor];
  const ofOne = concatenate(graph, [graph.integers([1]), slice(graph, shape, [1], [3])], 0);
  const sum = sumOverImages(graph, passed);
  return graph.add(
    op,
    [ofOne, inFloat32(graph, kernel), sum],
    { ...attributes, T: { type: 'float' } },
    { type: 'float' },
  );
}

/** A kernel as it was before it was rounded. */
function inFloat32(graph: GraphBuilder, kernel: GraphTensor): GraphTensor {
  const { op, inputs } = graph.nodeOf(kernel);
  return op === 'Cast' ? (inputs[0] as GraphTensor) : castTo(graph, kernel, 'float');
}
