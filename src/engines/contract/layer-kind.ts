// What kind of layer a layer is, in Keras's words.

import type { tf } from '../../backend/tfjs/tensors.js';

/** Keras's class name; layers of our own are saved under others. */
export function kindOf(layer: tf.layers.Layer): string {
  return (layer.constructor as { kind?: string }).kind ?? layer.getClassName();
}

/** tfjs's name of the activation that a layer ends with; undefined for one that has none. */
export function activationOf(layer: tf.layers.Layer): string | undefined {
  const { activation } = layer.getConfig();
  return typeof activation === 'string' ? activation : undefined;
}
