// A model and its training step as one graph.

import { encodeSavedModel } from '../../backend/native/saved-model.js';
import { GraphSession } from '../../backend/native/session.js';
import type { tf } from '../../backend/tfjs/tensors.js';
import type { Precision } from '../contract/precision.js';
import type { TrainingConfig } from '../contract/training-config.js';
import type { GraphBuilder, GraphTensor } from './build/graph-builder.js';
import { type LayerSpec, requireTrainable } from './build/layer-spec.js';
import { binary, cast, reduce, reshape, sizeOf } from './build/ops.js';
import { UnsupportedByGraph } from './build/unsupported.js';
import type { Variable } from './build/variables.js';
import { addWorkerShare, sumOverWorkers, type WorkerShare } from './build/worker-share.js';
import { addGradients, type GradientStart } from './gradients/add-gradients.js';
import type { Loss } from './losses/loss.js';
import { addForward, findScores, type NetworkGraph, openNetworkGraph } from './network-graph.js';
import { addOptimizer, type OptimizerGraph } from './optimizer-slots.js';
import { poolFirst } from './rewrites/pool-first.js';
import { poolGradientsFirst } from './rewrites/pool-gradients-first.js';
import { copyModelWeights, copyVariables, zeroVariables } from './session-state.js';
import { TrainingGraph, type TrainingInputs } from './training-graph.js';
import { createLoss, createOptimizer } from './training-kinds.js';
import { addWeightAverage, type WeightAverage } from './weight-average.js';

/**
 * Compiles a model and everything that `compile()` takes in Keras into one TensorFlow graph: a training step, an
 * evaluation and every layer's output are one native call each. The model's weights are copied in; `readState` gives
 * them back. The optimizer starts from nothing. Losses, weights and their updates are float32 in either precision.
 *
 * The network must consist of known layers and end in a sigmoid (binary cross-entropy) or a softmax (categorical):
 * else UnsupportedByGraph says which layer and why, and tfjs-layers has to train it. Needs the native backend.
 */
export function compileTrainingGraph(
  model: tf.LayersModel,
  config: TrainingConfig,
  precision: Precision = 'float32',
): TrainingGraph {
  const parts = buildTrainingGraph(model, config, precision);
  const { network, average, zeros } = parts;
  const session = GraphSession.load(encodeSavedModel(network.graph.nodes));
  copyModelWeights({ session, network }, model);
  if (average) copyVariables(session, [...network.variables.values()], average.slots);
  zeroVariables(session, zeros);
  return new TrainingGraph({ ...parts, session });
}

/**
 * The graph without a session: variables have no values yet.
 *
 * @param workers that share every batch, see WorkerShare; default: this one alone
 */
export function buildTrainingGraph(model: tf.LayersModel, config: TrainingConfig, precision: Precision, workers = 1) {
  requireTrainable(model);
  const opened = openNetworkGraph(model, precision);
  const { graph } = opened;
  const network = workers > 1 ? { ...opened, share: addWorkerShare(graph, workers) } : opened;
  const [lastLayer, ...others] = network.outputs as [LayerSpec, ...LayerSpec[]];
  if (others.length > 0) throw new UnsupportedByGraph(model.name, 'has several outputs');
  if (lastLayer.outputShape.length !== 1) throw new UnsupportedByGraph(lastLayer.name, 'its output is not flat');
  const units = lastLayer.outputShape[0] as number;
  const loss = createLoss(config.loss, units);
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
  const step = addTrainingStep(trained, loss, inputs, { ...optimizer, average });
  const { output } = graph.scoped('inference', () => addForward(network, false));
  const evaluation = addEvaluation(network, logitsOf(network, output, loss), loss, inputs);
  return {
    ...{ config, network, inputs, step, evaluation, units, average },
    /** all that is saved besides the network's weights */
    slots: [...optimizer.saved, ...(average?.slots ?? [])],
    /** what begins with 0 */
    zeros: optimizer.variables,
  };
}

/** What the loss's own activation gets, which the network has to end with. */
function logitsOf({ graph, outputs }: NetworkGraph, output: GraphTensor, { activation }: Loss): GraphTensor {
  const found = findScores(graph, output);
  if (found?.op === activation) return found.scores;
  const last = graph.nodeOf(output).layer ?? (outputs[0] as LayerSpec).name;
  throw new UnsupportedByGraph(last, `does not end in ${activation.toLowerCase()}, which the loss needs`);
}

function addTrainingStep(
  network: NetworkGraph,
  loss: Loss,
  { targets, exampleWeights }: TrainingInputs,
  { update, average }: Pick<OptimizerGraph, 'update'> & { average: WeightAverage | undefined },
) {
  const { graph, share: ofWorkers } = network;
  const sum = (tensor: GraphTensor) => (ofWorkers ? sumOverWorkers(graph, ofWorkers, tensor) : tensor);
  return graph.scoped('training', () => {
    const pass = addForward(network, true);
    const logits = logitsOf(network, pass.output, loss);
    poolFirst(graph, [logits]);
    const { perExample, correct, gradient } = loss.build(graph, logits, targets);
    // Of all workers' examples: their parts need not be equal.
    const count = ofWorkers ? readTotal(graph, ofWorkers) : sizeOf(graph, exampleWeights);
    const share = binary(graph, 'RealDiv', exampleWeights, count);
    const meanLoss = reduce(graph, 'Sum', binary(graph, 'Mul', perExample, share), [0]);
    const column = reshape(graph, share, graph.integers([-1, 1]));
    const own = addWeightGradients(network, { tensor: logits, gradient: gradient(column) });
    const gradients = new Map([...own].map(([name, tensor]) => [name, sum(tensor)]));
    const counted = ofWorkers ? binary(graph, 'Mul', correct, ofWorkers.presence) : correct;
    const updates = [...update(gradients), ...pass.updates];
    const after = average ? average.update(updates) : updates;
    return {
      loss: graph.add('Identity', [sum(meanLoss)], { T: { type: 'float' } }, { name: 'loss', after }),
      correctCount: sum(reduce(graph, 'Sum', counted, [0])),
      gradients,
    };
  });
}

/** The number of a batch's examples, of all workers. */
function readTotal(graph: GraphBuilder, { total }: WorkerShare): GraphTensor {
  return cast(graph, reshape(graph, total, graph.integers([], [0])), 'float');
}

/** By weight name. */
function addWeightGradients({ graph, weights, variables }: NetworkGraph, start: GradientStart) {
  const values = weights
    .filter(({ trainable }) => trainable)
    .map(({ name }) => ({ name, value: (variables.get(name) as Variable).value }));
  const gradients = addGradients(
    graph,
    start,
    values.map(({ value }) => value),
  );
  poolGradientsFirst(graph, [...gradients.values()]);
  return new Map(
    values.map(({ name, value }) => {
      const gradient = gradients.get(value.name);
      if (!gradient) throw new UnsupportedByGraph(name, 'the loss does not depend on it');
      return [name, gradient];
    }),
  );
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
