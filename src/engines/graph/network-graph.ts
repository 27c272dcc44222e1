// A network's weights and layers as a graph.

import type { tf } from '../../backend/tfjs/tensors.js';
import { readPlan } from '../contract/network-plan.js';
import type { Precision } from '../contract/precision.js';
import { GraphBuilder, type GraphTensor } from './build/graph-builder.js';
import type { ForwardContext, LayerForward } from './build/layer-forward.js';
import { type LayerSpec, readNetwork, readWeights, type WeightSpec } from './build/layer-spec.js';
import { cast, unary } from './build/ops.js';
import { addPixelInput, type PixelInput } from './build/pixel-input.js';
import { assignVariable, declareVariable, type Variable } from './build/variables.js';
import type { WorkerShare } from './build/worker-share.js';
import { layerForward } from './layers/layer-kinds.js';
import type { ProbabilityOp } from './losses/loss.js';

// What is added to the seed from one random op to the next: 2^32 / golden ratio, as an int32.
const SEED_STRIDE = 0x9e3779b9 | 0;

/** A network's weights as variables of a graph, and its layers as what computes them. */
export interface NetworkGraph {
  readonly graph: GraphBuilder;
  /** of its convolutions */
  readonly precision: Precision;
  /** without the batch */
  readonly inputShape: readonly number[];
  /** those with one output, in the model's order */
  readonly layers: readonly LayerSpec[];
  /** those that give the network's outputs */
  readonly outputs: readonly LayerSpec[];
  /** in an order in which they can be computed */
  readonly calls: readonly { readonly layer: LayerSpec; readonly forward: LayerForward }[];
  /** in the order of `LayersModel.getWeights()` */
  readonly weights: readonly WeightSpec[];
  /** by weight name */
  readonly variables: ReadonlyMap<string, Variable>;
  readonly pixels: PixelInput;
  /** [batch, ...inputShape], from `pixels` */
  readonly input: GraphTensor;
  /** of the input among the tensors that layers get */
  readonly inputId: number;
  /** placeholder, int32 [2]: seed and step */
  readonly seed: GraphTensor;
  /** of the batch that several workers share; absent: this one's batch is all there is */
  readonly share?: WorkerShare | undefined;
}

/** Starts a graph for a model. Throws UnsupportedByGraph. */
export function openNetworkGraph(
  model: tf.LayersModel,
  precision: Precision = 'float32',
  plan = readPlan(model),
): NetworkGraph {
  const weights = readWeights(model);
  const { inputShape, inputId, layers, calls, outputs } = readNetwork(plan, weights);
  const forwards = calls.map((layer) => ({ layer, forward: layerForward(layer) }));
  const graph = new GraphBuilder();
  const pixels = addPixelInput(graph, inputShape);
  return {
    graph,
    precision,
    inputShape,
    layers,
    outputs,
    calls: forwards,
    weights,
    variables: new Map(weights.map(({ name, shape }) => [name, declareVariable(graph, name, shape)])),
    pixels,
    input: pixels.input,
    inputId,
    seed: graph.placeholder('seed', [2], 'int32'),
  };
}

/** One forward pass of a network. */
export interface ForwardPass {
  /** the first of the network's outputs */
  readonly output: GraphTensor;
  /** of each layer, by name */
  readonly layerOutputs: ReadonlyMap<string, GraphTensor>;
  /** what a training step has to run besides the optimizer */
  readonly updates: readonly GraphTensor[];
}

/** What a forward pass is made from. */
type ForwardNetwork = Pick<
  NetworkGraph,
  'graph' | 'precision' | 'calls' | 'layers' | 'outputs' | 'variables' | 'input' | 'inputId' | 'seed' | 'share'
>;

/** Adds one forward pass in Keras's order, frozen layers always as in inference: TensorFlow merges bias and activation into what comes before. */
export function addForward(network: ForwardNetwork, training: boolean): ForwardPass {
  const context = createContext(network, training);
  const frozen = { ...context, training: false };
  const tensors = new Map([[network.inputId, network.input]]);
  for (const { layer, forward } of network.calls) {
    const inputs = layer.inputIds.map((id) => tensors.get(id) as GraphTensor);
    const output = network.graph.inLayer(layer.name, () => {
      const output = forward(layer.config.trainable === false ? frozen : context, ...inputs);
      // What a layer passes on is another tensor than what it gets: where a network branches, their gradients differ.
      return !training && inputs.includes(output) ? unary(network.graph, 'Identity', output) : output;
    });
    tensors.set(layer.outputId, output);
  }
  const layerOutputs = new Map(network.layers.map((layer) => [layer.name, tensors.get(layer.outputId) as GraphTensor]));
  const output = layerOutputs.get(network.outputs[0]?.name as string) as GraphTensor;
  const updates = [...context.moved].map(([{ handle }, value]) => assignVariable(network.graph, handle, value));
  return { output, layerOutputs, updates };
}

function createContext(network: ForwardNetwork, training: boolean): ForwardContext {
  const { graph, precision, variables, seed, share } = network;
  let seedCount = 0;
  return {
    graph,
    training,
    share,
    convolutionType: precision === 'float32' ? 'float' : precision,
    moved: new Map(),
    variable(name) {
      const variable = variables.get(name);
      if (!variable) throw new Error(`the graph has no variable "${name}"`);
      return variable;
    },
    nextSeed: () =>
      graph.add('AddV2', [seed, graph.integers([Math.imul(seedCount++, SEED_STRIDE), 0])], { T: { type: 'int32' } }),
  };
}

/**
 * What to fetch tensors by, under the same names. TensorFlow merges the sum at the end of a residual block into the
 * convolution before it also where that sum is fetched, which then fails; an Identity of it stays. The binding fetches float32 only.
 */
export function addFetches(graph: GraphBuilder, tensors: ReadonlyMap<string, GraphTensor>): Map<string, GraphTensor> {
  return graph.scoped('fetched', () => {
    return new Map(
      [...tensors].map(([name, tensor]) => [
        name,
        tensor.type === 'float' ? unary(graph, 'Identity', tensor) : cast(graph, tensor, 'float'),
      ]),
    );
  });
}

/** The scores that a pass ends with, and what makes its output of them; undefined where that is something else. */
export function findScores(
  graph: GraphBuilder,
  output: GraphTensor,
): { op: ProbabilityOp; scores: GraphTensor } | undefined {
  const { op, inputs } = graph.nodeOf(output);
  const [first] = inputs;
  if (first === undefined) return undefined;
  if (op === 'Identity') return findScores(graph, first);
  return op === 'Sigmoid' || op === 'Softmax' ? { op, scores: first } : undefined;
}
