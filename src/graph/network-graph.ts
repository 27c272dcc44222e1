import type { tf } from '../backend/tensors.js';
import { buildForward, type Chain } from './chain.js';
import { GraphBuilder, type GraphTensor } from './graph-builder.js';
import { layerOperations } from './layer-kinds.js';
import { describeWeight, type LayerSpec, readLayers, type WeightSpec } from './layer-spec.js';
import type { OperationContext } from './operation.js';
import { addPixelInput, type PixelInput } from './pixel-input.js';
import type { Step } from './pool-first.js';
import { declareVariable, type Variable } from './variables.js';

// What is added to the seed from one random op to the next: 2^32 / golden ratio, as an int32.
const SEED_STRIDE = 0x9e3779b9 | 0;

/** A network's weights as variables of a graph, and its layers as operations in Keras's order. */
export interface NetworkGraph {
  readonly graph: GraphBuilder;
  /** without the batch */
  readonly inputShape: readonly number[];
  readonly layers: readonly LayerSpec[];
  readonly steps: readonly Step[];
  /** in the order of `LayersModel.getWeights()` */
  readonly weights: readonly WeightSpec[];
  /** by weight name */
  readonly variables: ReadonlyMap<string, Variable>;
  readonly pixels: PixelInput;
  /** [batch, ...inputShape], from `pixels` */
  readonly input: GraphTensor;
  /** placeholder, int32 [2]: seed and step */
  readonly seed: GraphTensor;
}

/** Starts a graph for a model. Throws UnsupportedByGraph. */
export function openNetworkGraph(model: tf.LayersModel): NetworkGraph {
  const layers = readLayers(model);
  const first = layers[0] as LayerSpec;
  const steps = layers.flatMap((layer) =>
    layerOperations(layer).map((operation) => ({ layerName: layer.name, operation })),
  );
  const graph = new GraphBuilder();
  const weights = model.weights.map(describeWeight);
  const pixels = addPixelInput(graph, first.inputShape);
  return {
    graph,
    inputShape: first.inputShape,
    layers,
    steps,
    weights,
    variables: new Map(weights.map(({ name, shape }) => [name, declareVariable(graph, name, shape)])),
    pixels,
    input: pixels.input,
    seed: graph.placeholder('seed', [2], 'int32'),
  };
}

/** Adds one forward pass. `updates`: what a training step has to run besides the optimizer. */
export function addForward(
  { graph, variables, input, seed }: NetworkGraph,
  steps: readonly Step[],
  training: boolean,
): Chain & { updates: GraphTensor[] } {
  let seedCount = 0;
  const context: OperationContext = {
    graph,
    training,
    updates: [],
    variable(name) {
      const variable = variables.get(name);
      if (!variable) throw new Error(`the graph has no variable "${name}"`);
      return variable;
    },
    nextSeed: () =>
      graph.add('AddV2', [seed, graph.integers([Math.imul(seedCount++, SEED_STRIDE), 0])], { T: { type: 'int32' } }),
  };
  return { ...buildForward(context, input, steps), updates: context.updates };
}

/** The network in inference, in Keras's order: TensorFlow merges bias and activation into what comes before. */
export interface InferencePass {
  /** what the network's last operation gets: the logits, where that is a sigmoid or softmax */
  readonly beforeLast: GraphTensor;
  /** each layer's output by the layer's name */
  readonly layerOutputs: ReadonlyMap<string, GraphTensor>;
}

export function addInference(network: NetworkGraph): InferencePass {
  const { forwards } = network.graph.scoped('inference', () => addForward(network, network.steps, false));
  const layerOutputs = new Map<string, GraphTensor>();
  let output = network.input;
  for (const { name } of network.layers) {
    output = forwards.findLast(({ layerName }) => layerName === name)?.output ?? output;
    layerOutputs.set(name, output);
  }
  return { beforeLast: forwards.at(-2)?.output ?? network.input, layerOutputs };
}
