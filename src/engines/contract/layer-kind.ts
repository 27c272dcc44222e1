// What kind of layer a layer is, in Keras's words.

import type { tf } from '../../backend/tfjs/tensors.js';
import { readActivationName } from './activation-name.js';

/** Keras's class name; layers of our own are saved under others. */
export function kindOf(layer: tf.layers.Layer): string {
  return ownKind(layer) ?? layer.getClassName();
}

/** Whether a layer is one of our own. */
export function isOwn(layer: tf.layers.Layer): boolean {
  return ownKind(layer) !== undefined;
}

const ownKind = (layer: tf.layers.Layer) => (layer.constructor as { kind?: string }).kind;

/** Kinds that do nothing to an image in inference. */
export const DOES_NOTHING =
  /^(ActivityRegularization|(Alpha|Gaussian|Spatial)?Dropout\w*|AugMix|CutMix|GaussianNoise|Identity|MixUp|RandAugment|StochasticDepth|Random\w+)$/;

/** tfjs's name of the activation that a layer ends with; undefined for one that has none. */
export function activationOf(layer: tf.layers.Layer): string | undefined {
  const { activation } = layer.getConfig();
  return typeof activation === 'string' ? activation : undefined;
}

/** Whether a layer of a kind ends in relu, with or without a maximum. */
export function endsInRelu(kind: string, { activation }: Readonly<Record<string, unknown>>): boolean {
  const isNamed = activation === 'relu' || activation === 'relu6';
  return isNamed || kind === 'ReLU' || readActivationName(activation)?.kind === 'ReLU';
}
