// Add, Subtract, Multiply, Average, Maximum, Minimum, Concatenate.

import { readNumber } from '../build/layer-config.js';
import type { LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { binary, concatenate as concatenateAlong } from '../build/ops.js';
import { UnsupportedByGraph } from '../build/unsupported.js';
import { arithmetic } from './operations.js';

type ElementwiseOp = 'AddV2' | 'Maximum' | 'Minimum' | 'Mul' | 'Sub';

/** A layer that merges its inputs value by value, from the left to the right; sizes of 1 are stretched. */
export function mergeLayer(op: ElementwiseOp): (layer: LayerSpec) => LayerForward {
  return (layer) => {
    if (layer.isOwn) return arithmetic(op)(layer);
    requireSameRank(layer);
    if (op === 'Sub' && layer.inputShapes.length !== 2)
      throw new UnsupportedByGraph(layer.name, 'does not have two inputs');
    return ({ graph }, ...inputs) => inputs.reduce((merged, input) => binary(graph, op, merged, input));
  };
}

/** Average: the sum of the inputs, divided by their number. */
export function average(layer: LayerSpec): LayerForward {
  const sum = mergeLayer('AddV2')(layer);
  return (context, ...inputs) =>
    binary(context.graph, 'Mul', sum(context, ...inputs), context.graph.scalar(1 / inputs.length));
}

/** Concatenate: the inputs beside each other along an axis that is not the batch. */
export function concatenate(layer: LayerSpec): LayerForward {
  requireSameRank(layer);
  const rank = layer.inputShape.length + 1;
  const given = readNumber(layer, 'axis');
  const axis = given < 0 ? given + rank : given;
  if (axis < 1 || axis >= rank) throw new UnsupportedByGraph(layer.name, `concatenates along axis ${given}`);
  return ({ graph }, ...inputs) => concatenateAlong(graph, inputs, axis);
}

/** tfjs stretches inputs of different ranks too, each in its own way. */
function requireSameRank(layer: LayerSpec): void {
  const [first, ...others] = layer.inputShapes;
  if (others.some(({ length }) => length !== first?.length)) {
    throw new UnsupportedByGraph(layer.name, 'merges inputs of different ranks');
  }
}
