// The operations of Keras 3's functional networks that no layer does: arithmetic with constants, reductions.

import type { GraphBuilder, GraphTensor, Numbers } from '../build/graph-builder.js';
import { readNumber } from '../build/layer-config.js';
import type { LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { type BinaryOp, binary, castTo, type Reduction, reduce, type UnaryOp, unary } from '../build/ops.js';

type Operand = { input: number } | Numbers;

/** Tensors and constants in a layer's configuration, else its inputs as they come. */
function operandsOf({ config }: LayerSpec, graph: GraphBuilder, inputs: readonly GraphTensor[]): GraphTensor[] {
  const operands = config.operands as readonly Operand[] | undefined;
  if (operands === undefined) return [...inputs];
  return operands.map((operand) =>
    typeof operand === 'object' && 'input' in operand
      ? (inputs[operand.input] as GraphTensor)
      : castTo(graph, graph.numbers(operand), inputs[0]?.type ?? 'float'),
  );
}

/** From the left to the right. */
export const arithmetic =
  (op: BinaryOp) =>
  (layer: LayerSpec): LayerForward =>
  ({ graph }, ...inputs) =>
    operandsOf(layer, graph, inputs).reduce((a, b) => binary(graph, op, a, b));

export const elementwise =
  (op: UnaryOp) =>
  (): LayerForward =>
  ({ graph }, x) =>
    unary(graph, op, x);

export const reduction =
  (op: Reduction) =>
  ({ config, inputShape }: LayerSpec): LayerForward => {
    const rank = inputShape.length + 1;
    const axes = ([config.axis].flat() as number[]).map((axis) => (axis < 0 ? axis + rank : axis));
    return ({ graph }, x) => reduce(graph, op, x, axes, config.keepdims === true);
  };

export function clip(layer: LayerSpec): LayerForward {
  const [low, high] = [readNumber(layer, 'xMin'), readNumber(layer, 'xMax')];
  return ({ graph }, x) => binary(graph, 'Minimum', binary(graph, 'Maximum', x, graph.scalar(low)), graph.scalar(high));
}

/** Rescaling: input * scale + offset, either of which may differ by channel. */
export function rescaling({ config }: LayerSpec): LayerForward {
  const { scale, offset } = config as unknown as { scale: Numbers; offset?: Numbers };
  return ({ graph }, x) =>
    binary(graph, 'AddV2', binary(graph, 'Mul', x, graph.numbers(scale)), graph.numbers(offset ?? 0));
}
