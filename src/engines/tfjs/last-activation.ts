import { tf } from '../../backend/tfjs/tensors.js';

/** An activation that turns class scores into probabilities. */
export type ProbabilityActivation = 'sigmoid' | 'softmax';

/** A layer whose activation turns scores into probabilities. */
export interface LastActivation {
  activation: ProbabilityActivation;
  /** what the layer makes of its input before its activation: the logits, or scores */
  computeLogits(features: tf.Tensor): tf.Tensor;
}

/** What tfjs keeps to itself: the weights of a Dense layer, null for a bias that it does not have, and the name of an activation. */
interface LastLayer {
  kernel?: { read(): tf.Tensor2D };
  bias?: { read(): tf.Tensor1D } | null;
  activation?: { getClassName(): string };
}

/** Finds the sigmoid or softmax of a network's last layer, a Dense layer or nothing else; undefined: there is none. */
export function findLastActivation(last: tf.layers.Layer | undefined): LastActivation | undefined {
  const kind = last?.getClassName();
  if (last === undefined || !(kind === 'Dense' || kind === 'Activation' || kind === 'Softmax')) return undefined;
  const { activation: ownActivation, kernel, bias } = last as unknown as LastLayer;
  const activation = kind === 'Softmax' ? 'softmax' : ownActivation?.getClassName();
  if (activation !== 'sigmoid' && activation !== 'softmax') return undefined;
  return {
    activation,
    computeLogits(features) {
      if (kernel === undefined) return features;
      const product = tf.matMul(features as tf.Tensor2D, kernel.read());
      return bias === undefined || bias === null ? product : tf.add(product, bias.read());
    },
  };
}
