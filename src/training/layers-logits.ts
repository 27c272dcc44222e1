import { tf } from '../backend/tensors.js';
import { CnnvizError } from '../errors.js';

/** A model cut before its last activation. */
export interface LogitsModel {
  /** [batch, ...input] -> [batch, units] */
  computeLogits(inputs: tf.Tensor, training: boolean): tf.Tensor2D;
}

/** What tfjs keeps to itself: the weights of a Dense layer, and the name of an activation. */
interface LastLayer {
  kernel?: { read(): tf.Tensor2D };
  bias?: { read(): tf.Tensor1D };
  activation?: { getClassName(): string };
}

/**
 * Gives a model's logits: what its last layer has before the activation that the loss takes over.
 *
 * @throws CnnvizError BAD_MODEL unless it ends in a Dense or Activation layer of that activation
 */
export function openLogits(model: tf.LayersModel, activation: 'sigmoid' | 'softmax'): LogitsModel {
  const last = model.outputs[0]?.sourceLayer;
  const kind = last?.getClassName();
  const { activation: lastActivation, kernel, bias } = (last ?? {}) as LastLayer;
  if (
    last === undefined ||
    lastActivation?.getClassName() !== activation ||
    !(kind === 'Dense' || kind === 'Activation')
  ) {
    const name = last?.name ?? model.name;
    throw new CnnvizError(
      'BAD_MODEL',
      `${name}: a network can be trained whose last layer is Dense with ${activation}`,
    );
  }
  const body = tf.model({ inputs: model.inputs, outputs: last.input as tf.SymbolicTensor });
  return {
    computeLogits(inputs, training) {
      const features = body.apply(inputs, { training }) as tf.Tensor2D;
      if (kernel === undefined) return features;
      const product = tf.matMul(features, kernel.read()) as tf.Tensor2D;
      return bias === undefined ? product : (tf.add(product, bias.read()) as tf.Tensor2D);
    },
  };
}
