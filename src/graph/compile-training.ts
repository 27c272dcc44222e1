import { encodeSavedModel } from '../backend/native/saved-model.js';
import { GraphSession } from '../backend/native/session.js';
import type { tf } from '../backend/tensors.js';
import type { TrainingConfig } from '../model/training-config.js';
import { buildBackward } from './chain.js';
import type { GraphTensor } from './graph-builder.js';
import { requireTrainable } from './layer-spec.js';
import type { Loss } from './losses/loss.js';
import { addForward, addInference, type NetworkGraph, openNetworkGraph } from './network-graph.js';
import { binary, reduce, reshape, sizeOf } from './ops.js';
import { addOptimizer, type OptimizerGraph } from './optimizer-slots.js';
import { poolFirst, type Step } from './pool-first.js';
import { copyModelWeights, copyVariables, zeroVariables } from './session-state.js';
import { TrainingGraph } from './training-graph.js';
import { createLoss, createOptimizer } from './training-kinds.js';
import { UnsupportedByGraph } from './unsupported.js';
import { addWeightAverage, type WeightAverage } from './weight-average.js';

/** The placeholders of a training step, besides the network's own. */
export interface TrainingInputs {
  /** [batch, units] */
  targets: GraphTensor;
  /** [batch] */
  exampleWeights: GraphTensor;
  learningRate: GraphTensor;
  /** int32 [2] */
  seed: GraphTensor;
  /** see WeightAverage; absent without one */
  emaMomentum: GraphTensor | undefined;
}

/**
 * Compiles a model and everything that `compile()` takes in Keras into one TensorFlow graph: a training step, an
 * evaluation and every layer's output are one native call each. The model's weights are copied in; `readState` gives
 * them back. The optimizer starts from nothing.
 *
 * The network must be a chain of known layers that ends in a sigmoid (binary cross-entropy) or a softmax (categorical):
 * else UnsupportedByGraph says which layer and why, and tfjs-layers has to train it. Needs the native backend.
 */
export function compileTrainingGraph(model: tf.LayersModel, config: TrainingConfig): TrainingGraph {
  requireTrainable(model);
  const network = openNetworkGraph(model);
  const { graph } = network;
  const lastLayer = network.layers.at(-1) as { name: string; outputShape: number[] };
  if (lastLayer.outputShape.length !== 1) throw new UnsupportedByGraph(lastLayer.name, 'its output is not flat');
  const units = lastLayer.outputShape[0] as number;
  const loss = createLoss(config.loss, units);
  const steps = poolFirst(stepsToLogits(network, loss), new Set());
  const average = config.emaMomentum ? addWeightAverage(network) : undefined;
  const trained = average?.trained ?? network;
  const inputs: TrainingInputs = {
    seed: network.seed,
    targets: graph.placeholder('targets', [-1, units]),
    exampleWeights: graph.placeholder('example_weights', [-1]),
    learningRate: graph.placeholder('learning_rate', []),
    emaMomentum: average?.momentum,
  };
  const rule = createOptimizer(config.optimizer);
  const optimizer = addOptimizer(trained, rule, inputs.learningRate, config.weightDecay ?? 0);
  const step = addTrainingStep(trained, steps, loss, inputs, { ...optimizer, average });
  const { beforeLast, layerOutputs } = addInference(network);
  const evaluation = addEvaluation(network, beforeLast, loss, inputs);

  const session = GraphSession.load(encodeSavedModel(graph.nodes));
  copyModelWeights(session, [...network.variables.values()], model);
  if (average) copyVariables(session, [...network.variables.values()], average.slots);
  zeroVariables(session, optimizer.variables);
  const slots = [...optimizer.saved, ...(average?.slots ?? [])];
  return new TrainingGraph({ config, network, session, inputs, step, evaluation, layerOutputs, slots });
}

/** The steps up to the loss's own activation. */
function stepsToLogits({ steps }: NetworkGraph, loss: Loss): Step[] {
  const last = steps.at(-1) as Step;
  if (last.operation.name !== loss.activation) {
    throw new UnsupportedByGraph(last.layerName, `does not end in ${loss.activation}, which the loss needs`);
  }
  return steps.slice(0, -1);
}

function addTrainingStep(
  network: NetworkGraph,
  steps: readonly Step[],
  loss: Loss,
  { targets, exampleWeights }: TrainingInputs,
  { update, average }: Pick<OptimizerGraph, 'update'> & { average: WeightAverage | undefined },
) {
  const { graph } = network;
  return graph.scoped('training', () => {
    const chain = addForward(network, steps, true);
    const { perExample, correct, backward } = loss.build(graph, chain.output, targets);
    const share = binary(graph, 'RealDiv', exampleWeights, sizeOf(graph, exampleWeights));
    const meanLoss = reduce(graph, 'Sum', binary(graph, 'Mul', perExample, share), [0]);
    const column = reshape(graph, share, graph.integers([-1, 1]));
    const { weights: gradients } = buildBackward(graph, chain, backward(column));
    const updates = [...update(gradients), ...chain.updates];
    const after = average ? average.update(updates) : updates;
    return {
      loss: graph.add('Identity', [meanLoss], { T: { type: 'float' } }, { name: 'loss', after }),
      correctCount: reduce(graph, 'Sum', correct, [0]),
      gradients,
    };
  });
}

function addEvaluation({ graph }: NetworkGraph, logits: GraphTensor, loss: Loss, inputs: TrainingInputs) {
  return graph.scoped('evaluation', () => {
    const { perExample, correct, outputs } = loss.build(graph, logits, inputs.targets);
    return {
      lossSum: reduce(graph, 'Sum', binary(graph, 'Mul', perExample, inputs.exampleWeights), [0]),
      correctCount: reduce(graph, 'Sum', correct, [0]),
      outputs,
    };
  });
}
