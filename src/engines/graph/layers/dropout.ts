import type { GraphTensor } from '../build/graph-builder.js';
import { readNumber } from '../build/layer-config.js';
import type { ForwardContext, LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { binary, cast, castTo, compare, shapeOf } from '../build/ops.js';
import { UnsupportedByGraph } from '../build/unsupported.js';

/**
 * Dropout: in training each value is 0 with probability `rate`, else it is divided by 1 - rate. Which ones is a
 * function of the fed seed and step and of the layer's place in the network.
 */
export function dropout(layer: LayerSpec): LayerForward {
  if (layer.config.noiseShape) throw new UnsupportedByGraph(layer.name, 'has a noise shape');
  const rate = readNumber(layer, 'rate');
  return (context, input) => {
    if (!context.training || rate === 0) return input;
    const x = castTo(context.graph, input, 'float'); // 1 / (1 - rate) would be rounded
    return binary(context.graph, 'Mul', x, drawMask(context, x, rate));
  };
}

/** 0 or 1 / (1 - rate) for each value of `input`. */
function drawMask({ graph, nextSeed }: ForwardContext, input: GraphTensor, rate: number): GraphTensor {
  const uniform = graph.add(
    'StatelessRandomUniform',
    [shapeOf(graph, input), nextSeed()],
    { T: { type: 'int32' }, Tseed: { type: 'int32' }, dtype: { type: 'float' } },
    { type: 'float' },
  );
  const kept = cast(graph, compare(graph, 'GreaterEqual', uniform, graph.scalar(rate)), 'float');
  return binary(graph, 'Mul', kept, graph.scalar(1 / (1 - rate)));
}
