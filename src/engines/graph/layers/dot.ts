// Dot: the product of two tensors along one axis of each, image by image.

import { axesOfDot, othersThan } from '../../contract/dot-axes.js';
import type { GraphBuilder, GraphTensor } from '../build/graph-builder.js';
import type { LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { batchMatMul, reshape } from '../build/ops.js';
import { toUnitLength } from './normalization.js';

export function dot(layer: LayerSpec): LayerForward {
  const { axes, normalize } = layer.config as { axes: number | number[]; normalize?: boolean };
  const shapes = layer.inputShapes.map((shape) => [1, ...shape]);
  const places = axesOfDot(axes, shapes[0]?.length ?? 0, shapes[1]?.length ?? 0);
  return ({ graph }, ...inputs) => {
    const [a, b] = inputs.map((x, index) => {
      const place = places[index] as number;
      const y = normalize ? toUnitLength(graph, x, [place], 1e-14) : x;
      return toMatrices(graph, y, shapes[index] as number[], place);
    }) as [GraphTensor, GraphTensor];
    return reshape(graph, batchMatMul(graph, a, b, { b: true }), graph.integers([-1, ...layer.outputShape]));
  };
}

/** [batch, all others, the axis] */
function toMatrices(graph: GraphBuilder, x: GraphTensor, shape: readonly number[], place: number): GraphTensor {
  const order = [0, ...othersThan(place, [...shape.keys()]), place];
  const attributes = { T: { type: 'float' }, Tperm: { type: 'int32' } } as const;
  const turned = graph.add('Transpose', [x, graph.integers(order)], attributes);
  const others = othersThan(place, shape).reduce((product, size) => product * size, 1);
  return reshape(graph, turned, graph.integers([-1, others, shape[place] as number]));
}
