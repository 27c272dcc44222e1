import { tf } from '../../backend/tfjs/tensors.js';
import { decaysWeight, type OptimizerConfig } from '../contract/training-config.js';

/** An optimizer on tfjs tensors whose state can be read and set, unlike that of tfjs's own. */
export interface LayersOptimizer {
  /** by the name that the graph gives them too: `rms/conv2d_1/kernel`, ..., and `iterations` for Adam */
  readonly slots: ReadonlyMap<string, tf.Variable>;
  /** Updates the weights. Call it inside `tf.tidy`. */
  update(gradients: ReadonlyMap<string, tf.Tensor>, learningRate: number): void;
}

/** One update rule: the new value of a weight; it assigns its slots itself. */
type Rule = (
  weight: tf.Tensor,
  gradient: tf.Tensor,
  slot: (name: string) => tf.Variable,
  learningRate: number,
) => tf.Tensor;

/**
 * @param weights the trainable ones, by name
 * @param weightDecay decoupled, see TrainingConfig
 */
export function createLayersOptimizer(
  config: OptimizerConfig,
  weights: ReadonlyMap<string, tf.Variable>,
  weightDecay = 0,
): LayersOptimizer {
  const slots = new Map<string, tf.Variable>();
  if (config.name === 'adam') slots.set('iterations', zeros([]));
  for (const [name, weight] of weights) {
    for (const slot of slotNames(config)) slots.set(`${slot}/${name}`, zeros(weight.shape));
  }
  const slotOf = (key: string) => slots.get(key) as tf.Variable;
  return {
    slots,
    update(gradients, learningRate) {
      const rule = prepareRule(config, slots.get('iterations'));
      for (const [name, gradient] of gradients) {
        const weight = weights.get(name) as tf.Variable;
        const decay = decaysWeight(weight.shape) ? learningRate * weightDecay : 0;
        const kept = decay === 0 ? weight : tf.mul(weight, 1 - decay);
        weight.assign(rule(kept, gradient, (slot) => slotOf(`${slot}/${name}`), learningRate));
      }
    },
  };
}

function zeros(shape: number[]): tf.Variable {
  return tf.tidy(() => tf.variable(tf.zeros(shape), false));
}

function slotNames(config: OptimizerConfig): string[] {
  switch (config.name) {
    case 'rmsprop':
      return config.momentum === 0 ? ['rms'] : ['rms', 'momentum'];
    case 'adam':
      return ['m', 'v'];
    case 'sgd':
      return config.momentum === 0 ? [] : ['momentum'];
  }
}

function prepareRule(config: OptimizerConfig, iterations: tf.Variable | undefined): Rule {
  switch (config.name) {
    case 'rmsprop':
      return rmsprop(config);
    case 'adam':
      return adam(config, iterations as tf.Variable);
    case 'sgd':
      return sgd(config);
  }
}

/** ms = rho ms + (1 - rho) g^2; mom = momentum mom + lr g / sqrt(ms + epsilon); w -= mom: Keras 3's, epsilon in the root. */
function rmsprop({ rho, momentum, epsilon }: { rho: number; momentum: number; epsilon: number }): Rule {
  return (weight, gradient, slot, learningRate) => {
    const rms = average(slot('rms'), tf.square(gradient), rho);
    const step = tf.div(tf.mul(gradient, learningRate), tf.sqrt(tf.add(rms, epsilon)));
    if (momentum === 0) return tf.sub(weight, step);
    const velocity = slot('momentum');
    velocity.assign(tf.add(tf.mul(velocity, momentum), step));
    return tf.sub(weight, velocity);
  };
}

interface AdamConfig {
  beta1: number;
  beta2: number;
  epsilon: number;
}

/** Adam (Kingma and Ba, 2015, algorithm 1): w -= lr m' / (sqrt(v') + epsilon), m' and v' corrected for the steps done. */
function adam({ beta1, beta2, epsilon }: AdamConfig, iterations: tf.Variable): Rule {
  const step = (iterations.dataSync()[0] as number) + 1;
  iterations.assign(tf.scalar(step));
  const correction1 = 1 - beta1 ** step;
  const correction2 = 1 - beta2 ** step;
  return (weight, gradient, slot, learningRate) => {
    const mean = average(slot('m'), gradient, beta1);
    const variance = average(slot('v'), tf.square(gradient), beta2);
    const root = tf.add(tf.sqrt(tf.div(variance, correction2)), epsilon);
    return tf.sub(weight, tf.div(tf.mul(mean, learningRate / correction1), root));
  };
}

/** v = momentum v + g; w -= lr v, or with Nesterov's look-ahead w -= lr (g + momentum v). */
function sgd({ momentum, nesterov }: { momentum: number; nesterov: boolean }): Rule {
  return (weight, gradient, slot, learningRate) => {
    if (momentum === 0) return tf.sub(weight, tf.mul(gradient, learningRate));
    const velocity = slot('momentum');
    velocity.assign(tf.add(tf.mul(velocity, momentum), gradient));
    const direction = nesterov ? tf.add(gradient, tf.mul(velocity, momentum)) : velocity;
    return tf.sub(weight, tf.mul(direction, learningRate));
  };
}

/** Moves a running average towards a value. */
function average(slot: tf.Variable, value: tf.Tensor, decay: number): tf.Tensor {
  slot.assign(tf.add(tf.mul(slot, decay), tf.mul(value, 1 - decay)));
  return slot;
}
