// Layers that combine tensors value by value, or put them beside each other.

import { refuseLayer } from '../exported-network.js';
import type { OnnxName } from './onnx-graph.js';
import { isMap, type OnnxCall } from './onnx-layer.js';

/** Two or more tensors, or a tensor and numbers, from the left to the right. */
export function merge(op: string) {
  return (call: OnnxCall): OnnxName => {
    const { graph } = call;
    return operandsOf(call).reduce((all, next) => graph.add(op, [all, next]));
  };
}

export function average(call: OnnxCall): OnnxName {
  const { graph, inputs } = call;
  return graph.add('Mul', [merge('Add')(call), graph.number(1 / inputs.length)]);
}

export function concatenate(call: OnnxCall): OnnxName {
  requireSameRank(call);
  const { graph, layer, inputs, outputShape } = call;
  const { axis = -1 } = layer.config as { axis?: number };
  const place = axis < 0 ? axis + outputShape.length : axis;
  if (place < 1) throw refuseLayer(layer, 'it puts batches one after the other');
  const moved = isMap(outputShape) ? ([0, 2, 3, 1][place] as number) : place;
  return graph.add('Concat', inputs, { axis: { int: moved } });
}

/** The inputs, or what an operation has in their place: its inputs in any order, and numbers. */
function operandsOf(call: OnnxCall): OnnxName[] {
  requireSameRank(call);
  const { graph, layer, inputs } = call;
  const operands = layer.config.operands as readonly unknown[] | undefined;
  if (operands === undefined) return [...inputs];
  return operands.map((operand) => {
    if (typeof operand === 'number') return graph.number(operand);
    const { input } = Object(operand) as { input?: number };
    const found = input === undefined ? undefined : inputs[input];
    if (found === undefined) throw refuseLayer(layer, 'it computes with a constant that is not one number');
    return found;
  });
}

function requireSameRank({ layer, inputShapes }: OnnxCall): void {
  const [first, ...others] = inputShapes;
  if (others.some(({ length }) => length !== first?.length))
    throw refuseLayer(layer, 'it merges inputs of other ranks');
}
