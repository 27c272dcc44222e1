import type { GraphSession } from '../../backend/native/session.js';
import { emaMomentumAt, type TrainingConfig } from '../contract/training-config.js';
import type {
  EvaluationResult,
  StepResult,
  StepSettings,
  TrainerBatch,
  TrainerState,
} from '../contract/training-step.js';
import { type Feed, fetchArrays } from './build/fetch-arrays.js';
import type { GraphTensor } from './build/graph-builder.js';
import { inputFeeds } from './build/pixel-input.js';
import type { Variable } from './build/variables.js';
import type { NetworkGraph } from './network-graph.js';
import { readVariables, writeVariables } from './session-state.js';

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

interface TrainingGraphParts {
  config: TrainingConfig;
  network: NetworkGraph;
  session: GraphSession;
  inputs: TrainingInputs;
  step: { loss: GraphTensor; correctCount: GraphTensor; gradients: ReadonlyMap<string, GraphTensor> };
  evaluation: { lossSum: GraphTensor; correctCount: GraphTensor; outputs: GraphTensor };
  /** all that is saved besides the network's weights */
  slots: readonly Variable[];
}

/** A network in training, in one TensorFlow session. Every call is synchronous and blocks until TensorFlow is done. */
export class TrainingGraph {
  readonly #parts: TrainingGraphParts;

  /** See compileTrainingGraph. */
  constructor(parts: TrainingGraphParts) {
    this.#parts = parts;
  }

  /** One update of all weights by one batch of any size above 0. */
  trainStep(batch: TrainerBatch, settings: StepSettings): StepResult {
    const { session, step } = this.#parts;
    const feeds = [...batchFeeds(this.#parts, batch), ...settingFeeds(this.#parts, settings)];
    const [loss, correctCount] = fetchArrays(session, feeds, [step.loss, step.correctCount]);
    return { loss: loss?.values[0] as number, correctCount: correctCount?.values[0] as number };
  }

  /** Evaluates a batch of any size above 0 and changes nothing. */
  evaluateBatch(batch: TrainerBatch): EvaluationResult {
    const { session, evaluation } = this.#parts;
    const fetches = [evaluation.lossSum, evaluation.correctCount, evaluation.outputs];
    const [lossSum, correctCount, outputs] = fetchArrays(session, batchFeeds(this.#parts, batch), fetches);
    return {
      lossSum: lossSum?.values[0] as number,
      correctCount: correctCount?.values[0] as number,
      outputs: outputs?.values as Float32Array,
    };
  }

  /** The gradients of the batch's loss for each trainable weight, by weight name; changes nothing. */
  computeGradients(batch: TrainerBatch, settings: StepSettings): Map<string, Float32Array> {
    const { session, step } = this.#parts;
    const names = [...step.gradients.keys()];
    const feeds = [...batchFeeds(this.#parts, batch), ...settingFeeds(this.#parts, settings)];
    const arrays = fetchArrays(session, feeds, [...step.gradients.values()]);
    return new Map(arrays.map(({ values }, index) => [names[index] as string, values]));
  }

  readState(): TrainerState {
    const { session, slots } = this.#parts;
    return { weights: readVariables(session, this.#weightVariables()), slots: readVariables(session, slots) };
  }

  /** Throws BAD_MODEL when the state is not this network's and optimizer's. */
  writeState(state: TrainerState): void {
    const { session, slots } = this.#parts;
    writeVariables(session, this.#weightVariables(), state.weights);
    writeVariables(session, slots, state.slots);
  }

  dispose(): void {
    this.#parts.session.dispose();
  }

  #weightVariables(): Variable[] {
    return [...this.#parts.network.variables.values()];
  }
}

/** What to feed for a batch. */
export function batchFeeds(
  { network, inputs: { targets: targetInput, exampleWeights } }: Pick<TrainingGraphParts, 'network' | 'inputs'>,
  { inputs, size, targets, sampleWeights }: TrainerBatch,
): Feed[] {
  return [
    ...inputFeeds(network.pixels, inputs, size),
    { to: targetInput, values: targets, shape: [size, targets.length / size] },
    { to: exampleWeights, values: sampleWeights ?? new Float32Array(size).fill(1), shape: [size] },
  ];
}

/** What to feed for a step besides its batch. */
export function settingFeeds(
  { inputs, config }: Pick<TrainingGraphParts, 'inputs' | 'config'>,
  { learningRate, seed, step }: StepSettings,
): Feed[] {
  const feeds: Feed[] = [
    { to: inputs.learningRate, values: Float32Array.of(learningRate), shape: [] },
    { to: inputs.seed, values: Int32Array.of(seed, step), shape: [2] },
  ];
  if (inputs.emaMomentum === undefined) return feeds;
  const momentum = emaMomentumAt(config.emaMomentum ?? 0, step);
  return [...feeds, { to: inputs.emaMomentum, values: Float32Array.of(momentum), shape: [] }];
}
