import type { GraphTensor } from '../build/graph-builder.js';
import { readNumber } from '../build/layer-config.js';
import type { ForwardContext, LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { binary, cast, castTo, compare, concatenate, shapeOf, slice } from '../build/ops.js';
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
function drawMask(context: ForwardContext, input: GraphTensor, rate: number): GraphTensor {
  const { graph } = context;
  const uniform = drawUniform(context, shapeOf(graph, input));
  const kept = cast(graph, compare(graph, 'GreaterEqual', uniform, graph.scalar(rate)), 'float');
  return binary(graph, 'Mul', kept, graph.scalar(1 / (1 - rate)));
}

/** Of a batch that workers share each draws the whole and takes its own examples' part: what one worker alone would draw. */
function drawUniform({ graph, nextSeed, share }: ForwardContext, shape: GraphTensor): GraphTensor {
  const int32 = { type: 'int32' } as const;
  const rest = share && slice(graph, shape, [1], [-1]);
  const uniform = graph.add(
    'StatelessRandomUniform',
    [share && rest ? concatenate(graph, [share.total, rest], 0) : shape, nextSeed()],
    { T: int32, Tseed: int32, dtype: { type: 'float' } },
    { type: 'float' },
  );
  if (share === undefined || rest === undefined) return uniform;
  // A worker without an example may come after the last one: any part will do for it.
  const last = binary(graph, 'Sub', share.total, graph.integers([1]));
  const first = binary(graph, 'Minimum', share.first, last);
  const begin = concatenate(graph, [first, binary(graph, 'Mul', rest, graph.integer(0))], 0);
  return graph.add('Slice', [uniform, begin, shape], { T: { type: 'float' }, Index: int32 });
}
