import { tf } from '../../backend/tfjs/tensors.js';

/** An activation that turns class scores into probabilities. */
export type ProbabilityActivation = 'sigmoid' | 'softmax';

/** Where a model's last activation begins. */
export interface LastActivation {
  activation: ProbabilityActivation;
  /** what the last layer is fed with */
  features: tf.SymbolicTensor;
  /** what the last layer makes of it before its activation: the logits, or scores */
  computeLogits(features: tf.Tensor): tf.Tensor;
}

/** What tfjs keeps to itself: the weights of a Dense layer, and the name of an activation. */
interface LastLayer {
  kernel?: { read(): tf.Tensor2D };
  bias?: { read(): tf.Tensor1D };
  activation?: { getClassName(): string };
}

/** Finds the sigmoid or softmax that a model ends with, in a Dense layer or as one of its own; undefined: there is none. */
export function findLastActivation(model: tf.LayersModel): LastActivation | undefined {
  const last = model.outputs[0]?.sourceLayer;
  const kind = last?.getClassName();
  if (last === undefined || !(kind === 'Dense' || kind === 'Activation' || kind === 'Softmax')) return undefined;
  const { activation: ownActivation, kernel, bias } = last as unknown as LastLayer;
  const activation = kind === 'Softmax' ? 'softmax' : ownActivation?.getClassName();
  if (activation !== 'sigmoid' && activation !== 'softmax') return undefined;
  return {
    activation,
    features: last.input as tf.SymbolicTensor,
    computeLogits(features) {
      if (kernel === undefined) return features;
      const product = tf.matMul(features as tf.Tensor2D, kernel.read());
      return bias === undefined ? product : tf.add(product, bias.read());
    },
  };
}
