// Activations as functions of one number, by tfjs's names and Keras's layers.

import type { ActivationRule } from '../../../base/layer-rule.js';

type Activation = (x: number) => number;
type Settings = Readonly<Record<string, number>>;

const clip = (x: number, low: number, high: number) => Math.min(high, Math.max(low, x));
const sigmoid: Activation = (x) => 1 / (1 + Math.exp(-x));
const softplus: Activation = (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const hardSigmoid: Activation = (x) => clip(x + 3, 0, 6) / 6;
const gelu: Activation = (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));

const PLAIN: Readonly<Record<string, Activation>> = {
  linear: (x) => x,
  relu: (x) => Math.max(x, 0),
  relu6: (x) => clip(x, 0, 6),
  sigmoid,
  tanh: Math.tanh,
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  selu: (x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)),
  softplus,
  softsign: (x) => x / (1 + Math.abs(x)),
  swish: (x) => x * sigmoid(x),
  mish: (x) => x * Math.tanh(softplus(x)),
  // The exact one differs from the usual approximation by less than a page's numbers show.
  gelu,
  kerasGeluApproximate: gelu,
  hardSigmoid: (x) => clip(0.2 * x + 0.5, 0, 1),
  kerasHardSigmoid: hardSigmoid,
  kerasHardSilu: (x) => x * hardSigmoid(x),
  kerasExponential: Math.exp,
  kerasLeakyRelu: (x) => (x < 0 ? 0.2 * x : x),
};

const WITH_SETTINGS: Readonly<Record<string, (settings: Settings) => Activation>> = {
  ELU:
    ({ alpha = 1 }) =>
    (x) =>
      x > 0 ? x : alpha * Math.expm1(x),
  LeakyReLU:
    ({ negative_slope: slope = 0 }) =>
    (x) =>
      x < 0 ? slope * x : x,
  ReLU:
    ({ max_value: most = Number.MAX_VALUE, negative_slope: slope = 0, threshold = 0 }) =>
    (x) =>
      Math.min(most, x >= threshold ? x : slope * (x - threshold)),
};

/** Undefined for one that the page does not know, or that needs more than one number, as softmax does. */
export function findActivation({ name, settings }: ActivationRule): Activation | undefined {
  if (settings !== undefined && Object.hasOwn(WITH_SETTINGS, name)) return WITH_SETTINGS[name]?.(settings);
  return Object.hasOwn(PLAIN, name) ? PLAIN[name] : undefined;
}
