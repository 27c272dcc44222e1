// The engine that is one TensorFlow graph, on each of several workers: each computes the gradients of its part of every batch, and
// all of them update their weights by the sum.

import type { ClusterSession, SessionFeed } from '../../backend/native/cluster/session.js';
import type { tf } from '../../backend/tfjs/tensors.js';
import type { Cluster } from '../../cluster/cluster.js';
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
import type { NamedArray } from '../contract/training-step.js';
import type { Feed } from './build/fetch-arrays.js';
import type { GraphTensor } from './build/graph-builder.js';
import type { Variable } from './build/variables.js';
import type { WorkerShare } from './build/worker-share.js';
import { buildTrainingGraph } from './compile-training.js';
import { requireArray, writeModelWeights } from './session-state.js';
import { addSynchronization } from './synchronization.js';
import { batchFeeds, settingFeeds } from './training-graph.js';

/** Trains with other workers: all of them have to make the same calls, each with its part of the same batches. */
export class ClusterTrainer implements Trainer {
  readonly engine = 'graph';
  readonly precision: Precision;
  readonly sharesBatches = true;
  readonly #model: tf.LayersModel;
  readonly #cluster: Cluster;
  readonly #parts: ReturnType<typeof buildTrainingGraph>;
  readonly #synchronized: GraphTensor;
  readonly #session: ClusterSession;
  #isPrepared = false;

  /** @throws UnsupportedByGraph when the network has something that the graph does not know */
  constructor(model: tf.LayersModel, config: TrainingConfig, precision: Precision, cluster: Cluster) {
    this.#model = model;
    this.precision = precision;
    this.#cluster = cluster;
    this.#parts = buildTrainingGraph(model, config, precision, cluster.size);
    const { graph } = this.#parts.network;
    this.#synchronized = addSynchronization(graph, this.#share, cluster.index === 0, this.#state);
    this.#session = cluster.openSession(graph.nodes, precision === 'bfloat16');
  }

  /** Bytes that each worker sends in a step: every gradient but for its own part, twice around the ring. */
  get bytesSent(): number {
    const { weights } = this.#parts.network;
    const trained = weights.filter(({ trainable }) => trainable).map(({ shape }) => shape);
    const numbers = trained.reduce((sum, shape) => sum + shape.reduce((product, length) => product * length, 1), 0);
    return (8 * numbers * (this.#cluster.size - 1)) / this.#cluster.size;
  }

  async trainStep(batch: TrainerBatch, settings: StepSettings): Promise<StepResult> {
    await this.#prepare();
    const counts = await this.#cluster.gatherNumbers(batch.size);
    const exampleCount = add(counts);
    if (exampleCount === 0) return { loss: 0, correctCount: 0, exampleCount };
    const { step } = this.#parts;
    const feeds = [...this.#batchFeeds(batch, counts), ...settingFeeds(this.#parts, settings)];
    const [loss, correctCount] = await this.#run(feeds, [step.loss, step.correctCount]);
    return { loss: loss?.values[0] as number, correctCount: correctCount?.values[0] as number, exampleCount };
  }

  async evaluateBatch(batch: TrainerBatch): Promise<EvaluationResult> {
    await this.#prepare();
    const { evaluation } = this.#parts;
    const own =
      batch.size === 0
        ? []
        : await this.#run(batchFeeds(this.#parts, batch), [
            evaluation.lossSum,
            evaluation.correctCount,
            evaluation.outputs,
          ]);
    const [ownLoss, ownCorrect, outputs] = own.map(({ values }) => values);
    const sums = await this.#cluster.sum([ownLoss?.[0] ?? 0, ownCorrect?.[0] ?? 0, batch.size]);
    const [lossSum, correctCount, exampleCount] = sums as [number, number, number];
    return { lossSum, correctCount, exampleCount, outputs: outputs ?? new Float32Array(0) };
  }

  async readState(): Promise<TrainerState> {
    const { network, slots } = this.#parts;
    const variables = [...network.variables.values()];
    return { weights: await this.#read(variables), slots: await this.#read(slots) };
  }

  async writeState({ weights, slots }: TrainerState): Promise<void> {
    await this.#write([...weights, ...slots]);
  }

  async updateModel(): Promise<TrainerState> {
    const state = await this.readState();
    writeModelWeights(this.#model, state.weights);
    return state;
  }

  /** Nothing to free: a session ends with its process. */
  dispose(): void {}

  get #share(): WorkerShare {
    return this.#parts.network.share as WorkerShare;
  }

  /** All that is saved. */
  get #state(): Variable[] {
    return [...this.#parts.network.variables.values(), ...this.#parts.slots];
  }

  /** Before the first batch all workers get worker 0's state. */
  async #prepare(): Promise<void> {
    if (this.#isPrepared) return;
    this.#isPrepared = true;
    await this.#run([], [this.#synchronized]);
  }

  /** Sets variables for the first time: to the model's weights, slots to 0, and averages to what they are averages of. */
  async initialize(): Promise<void> {
    const { network, zeros, average } = this.#parts;
    const names = [...network.variables.keys()];
    const weights = this.#model.weights.map((weight, index) => {
      const values = weight.read().dataSync() as Float32Array;
      return { name: names[index] as string, shape: weight.shape as number[], values: values.slice() };
    });
    const trained = (average?.slots ?? []).map(({ name }, index) => ({ ...(weights[index] as NamedArray), name }));
    const empty = zeros.map(({ name, shape }) => ({
      name,
      shape: [...shape],
      values: new Float32Array(shape.reduce((product, length) => product * length, 1)),
    }));
    await this.#write([...weights, ...trained, ...empty], [...this.#state, ...zeros]);
  }

  async #write(arrays: readonly NamedArray[], variables: readonly Variable[] = this.#state): Promise<void> {
    const byName = new Map(arrays.map((array) => [array.name, array]));
    const unique = [...new Set(variables)];
    const feeds = unique.map((variable) => {
      const { values } = requireArray(variable, byName);
      return { to: variable.input, values, shape: variable.shape };
    });
    await this.#run(
      feeds,
      unique.map(({ assigned }) => assigned),
    );
  }

  async #read(variables: readonly Variable[]): Promise<NamedArray[]> {
    const arrays = await this.#run(
      [],
      variables.map(({ value }) => value),
    );
    return arrays.map((array, index) => ({ name: (variables[index] as Variable).name, ...array }));
  }

  /** A worker without an example gets one of weight 0: no op takes none. */
  #batchFeeds(batch: TrainerBatch, counts: readonly number[]): Feed[] {
    const { total, first, presence } = this.#share;
    const { size } = batch;
    const own = size > 0 ? batch : this.#placeholderBatch(batch);
    return [
      ...batchFeeds(this.#parts, own),
      { to: total, values: Int32Array.of(add(counts)), shape: [1] },
      { to: first, values: Int32Array.of(add(counts.slice(0, this.#cluster.index))), shape: [1] },
      { to: presence, values: new Float32Array(own.size).fill(size > 0 ? 1 : 0), shape: [own.size] },
    ];
  }

  #placeholderBatch(batch: TrainerBatch): TrainerBatch {
    const { network, units } = this.#parts;
    const inputs = new Float32Array(network.inputShape.reduce((product, length) => product * length, 1));
    return { ...batch, inputs, size: 1, targets: new Float32Array(units), sampleWeights: Float32Array.of(0) };
  }

  async #run(feeds: readonly Feed[], fetches: readonly GraphTensor[]) {
    if (fetches.length === 0) return []; // TensorFlow refuses to run for nothing
    const fed = feeds.map(({ to, values, shape }) => ({
      name: to.name,
      type: to.type as SessionFeed['type'],
      ...{ shape, values },
    }));
    const names = fetches.map(({ name }) => name);
    const results = await this.#cluster.run(this.#session, fed, names);
    return results.map(({ shape, data }) => ({ shape, values: data as Float32Array }));
  }
}

function add(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
