import { encodeSavedModel } from '../../backend/native/saved-model.js';
import { GraphSession } from '../../backend/native/session.js';
import type { tf } from '../../backend/tfjs/tensors.js';
import { comparedAtMost, type MeasuredLayer, saturationLimits, type ValueRange } from '../contract/channel-meter.js';
import { findValueRanges } from '../contract/value-ranges.js';
import type { GraphBuilder, GraphTensor } from './build/graph-builder.js';
import { batchMatMul, binary, cast, compare, reduce, reshape } from './build/ops.js';
import { GraphChannelMeter, type Reductions } from './measure.js';
import { addForward, openNetworkGraph } from './network-graph.js';
import { copyModelWeights } from './session-state.js';

/**
 * Compiles a model into a graph that measures the channels of some layers: what leaves it are their reductions, never
 * their maps. The weights are copied. Throws UnsupportedByGraph. Needs the native backend.
 */
export function compileChannelMeter(model: tf.LayersModel, layerNames: readonly string[]): GraphChannelMeter {
  const network = openNetworkGraph(model);
  const { graph } = network;
  const { layerOutputs } = addForward(network, false);
  const ranges = findValueRanges(model);
  const measured = layerNames.map((name) => {
    const shape = network.layers.find((layer) => layer.name === name)?.outputShape as number[];
    const layer: MeasuredLayer = { name, shape, range: ranges.get(name) ?? null };
    const output = layerOutputs.get(name) as GraphTensor;
    return { layer, reductions: graph.scoped(`measure/${name}`, () => addReductions(graph, output, layer)) };
  });
  const session = GraphSession.load(encodeSavedModel(graph.nodes));
  copyModelWeights(session, [...network.variables.values()], model);
  return new GraphChannelMeter(network, session, measured);
}

function addReductions(graph: GraphBuilder, output: GraphTensor, { shape, range }: MeasuredLayer): Reductions {
  const channels = shape.at(-1) as number;
  const positions = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  // [batch, positions, channels]
  const values = reshape(graph, output, graph.integers([-1, positions, channels]));
  const means = reduce(graph, 'Mean', values, [1], true);
  const distances = binary(graph, 'Sub', values, means);
  const isCompared = positions > 1 && channels <= comparedAtMost;
  return {
    means,
    minima: reduce(graph, 'Min', values, [1]),
    maxima: reduce(graph, 'Max', values, [1]),
    firingCounts: countWhere(graph, compare(graph, 'Greater', values, graph.scalar(0))),
    saturatedCounts: range === null ? null : countSaturated(graph, values, range),
    squares: isCompared ? null : reduce(graph, 'Sum', binary(graph, 'Mul', distances, distances), [1]),
    products: isCompared ? batchMatMul(graph, distances, distances, { a: true }) : null,
  };
}

function countSaturated(graph: GraphBuilder, values: GraphTensor, range: ValueRange): GraphTensor {
  const [low, high] = saturationLimits(range);
  const isLow = compare(graph, 'Greater', graph.scalar(low), values);
  const isHigh = compare(graph, 'Greater', values, graph.scalar(high));
  return countWhere(graph, graph.add('LogicalOr', [isLow, isHigh]));
}

/** Over the positions. */
function countWhere(graph: GraphBuilder, condition: GraphTensor): GraphTensor {
  return reduce(graph, 'Sum', cast(graph, condition, 'float'), [1]);
}
