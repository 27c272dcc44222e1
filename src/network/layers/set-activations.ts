// Registers activations with settings, as networks ask for them: there are as many as there are numbers.

import { tf } from '../../backend/tfjs/tensors.js';
import { nameActivation, readActivationName, type SetActivation } from '../../engines/contract/activation-name.js';
import { registerActivation } from './activations.js';

const registered = new Set<string>();

/** The name under which tfjs knows it from now on; undefined for a layer that is not such an activation. */
export function findSetActivation(kind: string, config: Readonly<Record<string, unknown>>): string | undefined {
  const name = nameActivation(kind, config);
  if (name !== undefined) registerNamed(name);
  return name;
}

/** Registers every one that a saved model names. @param topology as tfjs has written it */
export function registerActivationsOf(topology: unknown): void {
  const text = JSON.stringify(topology) ?? '';
  // tfjs writes `keras_elu(0.5)` and reads `kerasElu(0.5)`.
  for (const [, word = '', numbers] of text.matchAll(/"keras_(\w+)(\([\w.,+-]+\))"/g)) {
    registerNamed(`keras${word[0]?.toUpperCase()}${word.slice(1)}${numbers}`);
  }
}

function registerNamed(name: string): void {
  const activation = readActivationName(name);
  if (activation === undefined || registered.has(name)) return;
  registered.add(name);
  registerActivation(name, apply[activation.kind](activation.settings));
}

type Apply = (settings: Readonly<Record<string, number>>) => (x: tf.Tensor) => tf.Tensor;

const apply: Record<SetActivation['kind'], Apply> = {
  ELU:
    ({ alpha = 1 }) =>
    (x) =>
      tf.add(tf.relu(x), tf.mul(alpha, tf.elu(tf.minimum(x, 0)))),
  LeakyReLU:
    ({ negative_slope: slope = 0 }) =>
    (x) =>
      tf.leakyRelu(x, slope),
  ReLU:
    ({ max_value: most = Number.MAX_VALUE, negative_slope: slope = 0, threshold = 0 }) =>
    (x) => {
      const y = tf.where(tf.greaterEqual(x, threshold), x, tf.mul(tf.sub(x, threshold), slope));
      return most === Number.MAX_VALUE ? y : tf.minimum(y, most);
    },
};
