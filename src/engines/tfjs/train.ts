// The engine on tfjs's own gradients.

import { tf } from '../../backend/tfjs/tensors.js';
import { CnnvizError } from '../../base/errors.js';
import { deriveSeed } from '../../base/random.js';
import { toInputTensor } from '../contract/input-tensor.js';
import type {
  EvaluationResult,
  StepResult,
  StepSettings,
  Trainer,
  TrainerBatch,
  TrainerState,
} from '../contract/trainer.js';
import { emaMomentumAt, type TrainingConfig } from '../contract/training-config.js';
import { type LogitsModel, openLogits } from './logits.js';
import { LAYERS_LOSSES, type LayersLoss } from './losses.js';
import { createLayersOptimizer, type LayersOptimizer } from './optimizers.js';
import { LayersWeightAverage } from './weight-average.js';

/** Trains a model in place with tfjs's own gradients, on any backend. */
export class LayersTrainer implements Trainer {
  readonly engine = 'layers';
  readonly precision = 'float32';
  readonly #model: tf.LayersModel;
  readonly #loss: LayersLoss;
  readonly #logits: LogitsModel;
  readonly #optimizer: LayersOptimizer;
  readonly #average: LayersWeightAverage | undefined;
  readonly #emaMomentum: number;
  /** all of them, by name */
  readonly #weights: ReadonlyMap<string, tf.Variable>;
  readonly #trainable: tf.Variable[];

  /** @throws CnnvizError BAD_MODEL for a network that does not end as the loss needs it */
  constructor(model: tf.LayersModel, config: TrainingConfig) {
    this.#model = model;
    for (const layer of model.layers) if (!layer.trainable) runAsInInference(layer);
    this.#loss = LAYERS_LOSSES[config.loss];
    this.#logits = openLogits(model, this.#loss.activation);
    this.#weights = new Map(model.weights.map((weight) => [weight.originalName, weight.read() as tf.Variable]));
    const trainable = model.trainableWeights.map(
      (weight) => [weight.originalName, weight.read() as tf.Variable] as const,
    );
    this.#trainable = trainable.map(([, variable]) => variable);
    this.#optimizer = createLayersOptimizer(config.optimizer, new Map(trainable), config.weightDecay);
    this.#emaMomentum = config.emaMomentum ?? 0;
    this.#average = this.#emaMomentum > 0 ? new LayersWeightAverage(this.#weights) : undefined;
  }

  async trainStep(batch: TrainerBatch, settings: StepSettings): Promise<StepResult> {
    const update = () => this.#update(batch, settings.learningRate);
    const momentum = emaMomentumAt(this.#emaMomentum, settings.step);
    const numbers = this.#withSeededDropout(settings, () =>
      tf.tidy(() => this.#average?.step(momentum, update) ?? update()),
    );
    const [loss, correctCount] = await readNumbers(numbers);
    return { loss: loss as number, correctCount: correctCount as number };
  }

  /** One step; returns its loss and the number of correct examples. */
  #update(batch: TrainerBatch, learningRate: number): tf.Tensor[] {
    return tf.tidy(() => {
      const { inputs, targets, sampleWeights } = this.#toTensors(batch);
      let correctCount: tf.Tensor | undefined;
      const { value, grads } = tf.variableGrads(() => {
        const logits = this.#logits.computeLogits(inputs, true);
        correctCount = tf.keep(this.#loss.countCorrect(this.#loss.activate(logits), targets));
        const losses = tf.mul(this.#loss.perExample(logits, targets), sampleWeights);
        return tf.div(tf.sum(losses), batch.size);
      }, this.#trainable);
      this.#optimizer.update(this.#byName(grads), learningRate);
      return [value, correctCount as tf.Tensor];
    });
  }

  async evaluateBatch(batch: TrainerBatch): Promise<EvaluationResult> {
    const [lossSum, correctCount, outputs] = tf.tidy(() => {
      const { inputs, targets, sampleWeights } = this.#toTensors(batch);
      const logits = this.#logits.computeLogits(inputs, false);
      const outputs = this.#loss.activate(logits);
      const lossSum = tf.sum(tf.mul(this.#loss.perExample(logits, targets), sampleWeights));
      return [lossSum, this.#loss.countCorrect(outputs, targets), outputs] as const;
    });
    const values = await outputs.data<'float32'>();
    outputs.dispose();
    const [loss, count] = await readNumbers([lossSum, correctCount]);
    return { lossSum: loss as number, correctCount: count as number, outputs: values };
  }

  async readState(): Promise<TrainerState> {
    return { weights: await readVariables(this.#weights), slots: await readVariables(this.#slots()) };
  }

  /** @throws CnnvizError BAD_MODEL when the state is not this network's and optimizer's */
  async writeState({ weights, slots }: TrainerState): Promise<void> {
    writeVariables(this.#weights, weights);
    writeVariables(this.#slots(), slots);
  }

  /** The model is what is trained. */
  async updateModel(): Promise<TrainerState> {
    return this.readState();
  }

  dispose(): void {
    for (const slot of this.#slots().values()) slot.dispose();
  }

  #slots(): Map<string, tf.Variable> {
    return new Map([...this.#optimizer.slots, ...(this.#average?.slots ?? [])]);
  }

  #toTensors({ inputs, size, targets, sampleWeights }: TrainerBatch) {
    const inputShape = (this.#model.inputs[0] as tf.SymbolicTensor).shape.slice(1) as number[];
    return {
      inputs: toInputTensor(inputs, [size, ...inputShape]),
      targets: tf.tensor2d(targets, [size, targets.length / size]),
      sampleWeights: sampleWeights === undefined ? tf.ones([size]) : tf.tensor1d(sampleWeights),
    };
  }

  /** By the names that weights are saved under; tfjs makes its variables' own names unique within the process. */
  #byName(gradients: Record<string, tf.Tensor | null>): Map<string, tf.Tensor> {
    const named = new Map<string, tf.Tensor>();
    for (const [name, variable] of this.#weights) {
      const gradient = gradients[variable.name];
      if (gradient) named.set(name, gradient);
    }
    return named;
  }

  /**
   * tfjs's Dropout repeats its mask at every step when seeded, and cannot be repeated when not: give it a seed of this
   * step's own, and its old one back, since that one is saved with the model.
   */
  #withSeededDropout<Result>({ seed, step }: StepSettings, work: () => Result): Result {
    const layers = this.#model.layers.filter((layer) => layer.getClassName() === 'Dropout') as unknown as SeededLayer[];
    const before = layers.map((layer) => layer.seed);
    try {
      for (const [index, layer] of layers.entries()) layer.seed = dropoutSeed(seed, step, index);
      return work();
    } finally {
      for (const [index, layer] of layers.entries()) layer.seed = before[index];
    }
  }
}

/** As Keras does it: a frozen batch normalization goes by its averages and leaves them as they are. tfjs would go by the batch. */
function runAsInInference(layer: tf.layers.Layer): void {
  const call = layer.call.bind(layer);
  layer.call = (inputs, settings) => call(inputs, { ...settings, training: false });
}

/** Not 0, which tfjs takes for no seed at all. */
function dropoutSeed(seed: number, step: number, layer: number): number {
  return deriveSeed(seed, 'dropout', step, layer) || 1;
}

interface SeededLayer {
  seed: number | undefined;
}

async function readNumbers(scalars: readonly tf.Tensor[]): Promise<number[]> {
  const values = await Promise.all(scalars.map(async (scalar) => (await scalar.data())[0] as number));
  tf.dispose([...scalars]);
  return values;
}

async function readVariables(variables: ReadonlyMap<string, tf.Variable>) {
  const reading = [...variables].map(async ([name, variable]) => {
    // A copy: what a backend hands out may be its own memory.
    return { name, shape: [...variable.shape], values: Float32Array.from(await variable.data()) };
  });
  return Promise.all(reading);
}

function writeVariables(variables: ReadonlyMap<string, tf.Variable>, arrays: TrainerState['weights']): void {
  const byName = new Map(arrays.map((array) => [array.name, array]));
  for (const [name, variable] of variables) {
    const array = byName.get(name);
    if (array === undefined) throw new CnnvizError('BAD_MODEL', `state: "${name}" is missing`);
    if (array.shape.join() !== variable.shape.join()) {
      throw new CnnvizError('BAD_MODEL', `state: "${name}" is [${array.shape}], the network has [${variable.shape}]`);
    }
    tf.tidy(() => {
      variable.assign(tf.tensor(Float32Array.from(array.values), array.shape));
    });
  }
}
