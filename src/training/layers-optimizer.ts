import { tf } from '../backend/tensors.js';
import type { OptimizerConfig } from '../model/training-config.js';

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

/** @param weights the trainable ones, by name */
export function createLayersOptimizer(
  config: OptimizerConfig,
  weights: ReadonlyMap<string, tf.Variable>,
): LayersOptimizer {
  const slots = new Map<string, tf.Variable>();
  if (config.name === 'adam' || config.name === 'adamw') slots.set('iterations', zeros([]));
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
        weight.assign(rule(weight, gradient, (slot) => slotOf(`${slot}/${name}`), learningRate));
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
    case 'adamw':
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
      return adam({ ...config, weightDecay: 0 }, iterations as tf.Variable);
    case 'adamw':
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
  weightDecay: number;
}

/**
 * Adam (Kingma and Ba, 2015, algorithm 1) and AdamW (Loshchilov and Hutter, 2019): w -= lr (m' / (sqrt(v') + epsilon) +
 * decay w), m' and v' corrected for the steps done.
 */
function adam({ beta1, beta2, epsilon, weightDecay }: AdamConfig, iterations: tf.Variable): Rule {
  const step = (iterations.dataSync()[0] as number) + 1;
  iterations.assign(tf.scalar(step));
  const correction1 = 1 - beta1 ** step;
  const correction2 = 1 - beta2 ** step;
  return (weight, gradient, slot, learningRate) => {
    const mean = average(slot('m'), gradient, beta1);
    const variance = average(slot('v'), tf.square(gradient), beta2);
    const root = tf.add(tf.sqrt(tf.div(variance, correction2)), epsilon);
    const update = tf.div(tf.mul(mean, learningRate / correction1), root);
    const kept = weightDecay === 0 ? weight : tf.mul(weight, 1 - learningRate * weightDecay);
    return tf.sub(kept, update);
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
