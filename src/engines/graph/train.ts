// The engine that is one TensorFlow graph.

import type { tf } from '../../backend/tfjs/tensors.js';
import type { Precision } from '../contract/precision.js';
import type {
  EvaluationResult,
  StepResult,
  StepSettings,
  Trainer,
  TrainerBatch,
  TrainerState,
} from '../contract/trainer.js';
import type { TrainingConfig } from '../contract/training-config.js';
import { compileTrainingGraph } from './compile-training.js';
import { writeModelWeights } from './session-state.js';
import type { TrainingGraph } from './training-graph.js';

/** Trains a copy of the model's weights in one TensorFlow graph; `updateModel` brings them back. Native only. */
export class GraphTrainer implements Trainer {
  readonly engine = 'graph';
  readonly precision: Precision;
  readonly #model: tf.LayersModel;
  readonly #graph: TrainingGraph;

  /** @throws UnsupportedByGraph when the network has something that the graph does not know */
  constructor(model: tf.LayersModel, config: TrainingConfig, precision: Precision = 'float32') {
    this.#model = model;
    this.precision = precision;
    this.#graph = compileTrainingGraph(model, config, precision);
  }

  async trainStep(batch: TrainerBatch, settings: StepSettings): Promise<StepResult> {
    return this.#graph.trainStep(batch, settings);
  }

  async evaluateBatch(batch: TrainerBatch): Promise<EvaluationResult> {
    return this.#graph.evaluateBatch(batch);
  }

  async readState(): Promise<TrainerState> {
    return this.#graph.readState();
  }

  async writeState(state: TrainerState): Promise<void> {
    this.#graph.writeState(state);
  }

  async updateModel(): Promise<TrainerState> {
    const state = this.#graph.readState();
    writeModelWeights(this.#model, state.weights);
    return state;
  }

  dispose(): void {
    this.#graph.dispose();
  }
}
