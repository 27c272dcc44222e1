import { tf } from '../../backend/tfjs/tensors.js';

/** Makes a model's weights the moving average of those in training. */
export class LayersWeightAverage {
  /** the weights in training, `trained/<weight>` */
  readonly slots: ReadonlyMap<string, tf.Variable>;
  readonly #weights: ReadonlyMap<string, tf.Variable>;

  /** @param weights all of the model's, by name */
  constructor(weights: ReadonlyMap<string, tf.Variable>) {
    this.#weights = weights;
    this.slots = new Map(
      [...weights].map(([name, weight]) => [`trained/${name}`, tf.tidy(() => tf.variable(tf.clone(weight), false))]),
    );
  }

  /**
   * Runs a training step on the weights in training, then moves the average towards them. Call it inside `tf.tidy`.
   *
   * @param momentum how much of the average is kept
   */
  step<Result>(momentum: number, train: () => Result): Result {
    const averages = new Map([...this.#weights].map(([name, weight]) => [name, tf.clone(weight)]));
    for (const [name, weight] of this.#weights) weight.assign(tf.clone(this.#slot(name)));
    const result = train();
    for (const [name, weight] of this.#weights) {
      const average = averages.get(name) as tf.Tensor;
      const moved = tf.sub(average, tf.mul(tf.sub(average, weight), 1 - momentum));
      this.#slot(name).assign(tf.clone(weight));
      weight.assign(moved);
    }
    return result;
  }

  #slot(name: string): tf.Variable {
    return this.slots.get(`trained/${name}`) as tf.Variable;
  }
}
